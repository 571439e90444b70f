using System.Net;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Limits the size of answers: a few compressed bytes may expand without end, and are read into memory.
/// </summary>
sealed class BoundedAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public const long Most = 256 * 1024 * 1024;

    /// <summary>
    /// The limit of an answer that is read into memory, where it exists twice, as bytes and as parsed values. Images
    /// arrive as text, and are stored elsewhere.
    /// </summary>
    public const long MostInMemory = 64 * 1024 * 1024;

    static readonly AsyncLocal<bool> IsForMemory = new();

    /// <summary>From here to the end of the calling method, answers are read completely.</summary>
    public static void ReadIntoMemory() => IsForMemory.Value = true;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        // A decompressed body has no length header.
        var most = IsForMemory.Value ? MostInMemory : Most;
        if (response.Content.Headers.ContentLength <= most)
            return response;
        response.Content = new Bounded(response.Content, most, () => TooLarge((int)response.StatusCode, most));
        return response;
    }

    // The next answer would be as large, and cost as much.
    static FailureException TooLarge(int status, long most) =>
        new(new(FailureKind.Permanent, FailureCodes.ResultTooLarge,
        $"The provider answered {status} with a body of more than {most} bytes. Ask for less at once.", Remedy.Sender)
        { Status = status });

    sealed class Bounded : HttpContent
    {
        readonly HttpContent whole;
        readonly long most;
        readonly Func<FailureException> tooMany;

        public Bounded(HttpContent whole, long most, Func<FailureException> tooMany)
        {
            (this.whole, this.most, this.tooMany) = (whole, most, tooMany);
            foreach (var (name, values) in whole.Headers)
                Headers.TryAddWithoutValidation(name, values);
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() =>
            new BoundedStream(await whole.ReadAsStreamAsync(), most, tooMany);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var bounded = await CreateContentReadStreamAsync();
            await bounded.CopyToAsync(stream);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                whole.Dispose();
            base.Dispose(disposing);
        }
    }
}
