using System.Net;

namespace OpenAIWorker.Upstream;

/// <summary>Lets no more of an answer in than a bound: what a provider packs into a few bytes may unfold without end, and is read into memory.</summary>
sealed class BoundedAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public const long Most = 256 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        // What was unpacked has no length.
        if (response.Content.Headers.ContentLength is <= Most)
            return response;
        response.Content = new Bounded(response.Content, () => TooLarge((int)response.StatusCode));
        return response;
    }

    static FailureException TooLarge(int status) => new(Failure.Broken(status, null, $"a body of more than {Most} bytes"));

    sealed class Bounded : HttpContent
    {
        readonly HttpContent whole;
        readonly Func<FailureException> tooMany;

        public Bounded(HttpContent whole, Func<FailureException> tooMany)
        {
            (this.whole, this.tooMany) = (whole, tooMany);
            foreach (var (name, values) in whole.Headers)
                Headers.TryAddWithoutValidation(name, values);
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() => new BoundedStream(await whole.ReadAsStreamAsync(), Most, tooMany);

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
