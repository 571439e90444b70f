using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream;

/// <summary>Asks the gate before each call of a job, and reports the result of the call.</summary>
sealed class CallGatePolicy(ICallGate gate, JobRequest request, Uri baseUrl) : PipelinePolicy
{
    // Everything that is sent is checked, however deep a job's members are nested.
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

    /// <summary>The call succeeded.</summary>
    public async Task Tell(ProviderAsk ask, JsonElement? answer, CancellationToken cancellation)
    {
        try
        {
            await gate.Leave(request, ask, answer, cancellation);
        }
        catch (FailureException)
        {
            // The answer has arrived and is paid for. A created thing then belongs to no tenant, which is safe: it can
            // be created again.
        }
    }

    string PathOf(Uri address) => address.AbsolutePath.StartsWith(baseUrl.AbsolutePath, StringComparison.Ordinal)
        ? address.AbsolutePath[baseUrl.AbsolutePath.Length..].Trim('/') : address.AbsolutePath.Trim('/');

    // A form is a stream that is read once, and has ids only in its path.
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
