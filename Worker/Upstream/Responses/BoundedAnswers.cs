using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Bodies;

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

    /// <summary>Whether the answers of this flow of calls are read completely.</summary>
    public static bool AreForMemory => IsForMemory.Value;

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
        response.Content = new PassedContent(response.Content,
            body => new BoundedStream(body, most, () => TooLarge((int)response.StatusCode, most)));
        return response;
    }

    // The next answer would be as large, and cost as much.
    static FailureException TooLarge(int status, long most) =>
        new(new(FailureKind.Permanent, FailureCodes.ResultTooLarge,
        $"The provider answered {status} with a body of more than {most} bytes. Ask for less at once.", Remedy.Sender)
        { Status = status });
}
