using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream;

/// <summary>Asks the gate before a call of a job, and reports the result of the call.</summary>
sealed class CallGatePolicy(ICallGate gate, JobRequest request, Uri baseUrl) : PipelinePolicy
{
    // Everything that is sent is checked, however deep a job's members are nested.
    static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    ProviderAsk? asked;

    /// <summary>The same for another call.</summary>
    public CallGatePolicy ForCall() => new(gate, request, baseUrl);

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("Calls are asynchronous.");

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline,
        int currentIndex)
    {
        var ask = new ProviderAsk(message.Request.Method, PathOf(message.Request.Uri!), await BodyOf(message));
        await gate.Enter(request, ask, message.CancellationToken);
        asked = ask;
        await ProcessNextAsync(message, pipeline, currentIndex);
    }

    /// <summary>This call succeeded.</summary>
    /// <param name="answer">The answer; null if it is not JSON, or the operation reads it.</param>
    /// <param name="cancellation">Stops the report.</param>
    public Task Answered(JsonElement? answer, CancellationToken cancellation) => Tell(asked!, answer, cancellation);

    /// <summary>A call succeeded.</summary>
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
