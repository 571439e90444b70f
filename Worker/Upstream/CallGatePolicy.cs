using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream;

/// <summary>Asks the gate before each call of a job, and tells it what came of the call.</summary>
sealed class CallGatePolicy(ICallGate gate, JobRequest request, Uri baseUrl) : PipelinePolicy
{
    // Nothing that goes out is unread, however deep a job's members came to stand in it.
    static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("Calls are asynchronous.");

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline,
        int currentIndex)
    {
        var ask = new ProviderAsk(message.Request.Method, PathOf(message.Request.Uri!), await BodyOf(message));
        await gate.Enter(request, ask, message.CancellationToken);
        await ProcessNextAsync(message, pipeline, currentIndex);
        if (message.Response is { Status: >= 200 and < 300 } response)
            await Tell(ask, message.BufferResponse ? LenientJson.Parse(response.Content.ToMemory().Span) : null,
                message.CancellationToken);
    }

    /// <summary>The provider did as it was asked.</summary>
    public async Task Tell(ProviderAsk ask, JsonElement? answer, CancellationToken cancellation)
    {
        try
        {
            await gate.Leave(request, ask, answer, cancellation);
        }
        catch (FailureException)
        {
            // The answer is there and paid for. What was made then belongs to no tenant, which is safe: it can be made
            // again.
        }
    }

    string PathOf(Uri address) => address.AbsolutePath.StartsWith(baseUrl.AbsolutePath, StringComparison.Ordinal)
        ? address.AbsolutePath[baseUrl.AbsolutePath.Length..].Trim('/') : address.AbsolutePath.Trim('/');

    // A form is a stream that is read once, and says no ids but those of its path.
    static async Task<JsonElement?> BodyOf(PipelineMessage message)
    {
        if (message.Request.Content is not { } content
            || !message.Request.Headers.TryGetValue("Content-Type", out var type)
            || MediaType.Of(type) != "application/json")
            return null;
        using var body = new MemoryStream();
        await content.WriteToAsync(body, message.CancellationToken);
        return JsonElement.Parse(body.GetBuffer().AsSpan(0, (int)body.Length), Deep);
    }
}
