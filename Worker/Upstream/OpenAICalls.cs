using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Observing;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream;

/// <summary>
/// The API calls of one job, through the SDK's pipeline: the body is sent unchanged, and JSON is returned.
/// </summary>
sealed class OpenAICalls(OpenAIEndpoint endpoint, CallRunner runner, Func<CallSpan> begin, CallGatePolicy? gate = null)
{
    const string Json = "application/json";

    /// <summary>The API for a message, unless the job says otherwise.</summary>
    public ModelApi PreferredApi => endpoint.Api;

    /// <summary><c>POST /chat/completions</c></summary>
    public Task<ProviderResponse> CompleteChat(BinaryContent body, CancellationToken cancellation) =>
        Send("POST", "chat/completions", body, cancellation);

    /// <summary><c>POST /moderations</c></summary>
    public Task<ProviderResponse> Classify(BinaryContent body, CancellationToken cancellation) =>
        Send("POST", "moderations", body, cancellation);

    /// <summary>Any endpoint below the base URL that answers JSON.</summary>
    /// <param name="method">Such as <c>GET</c>.</param>
    /// <param name="path">Such as <c>files?limit=10</c>, escaped, without a leading slash.</param>
    /// <param name="body">The body with its media type; null: none.</param>
    /// <param name="cancellation">Stops the call.</param>
    public Task<ProviderResponse> Send(string method, string path, BinaryContent? body,
        CancellationToken cancellation) =>
        Send(method, path, body, null, cancellation);

    /// <summary>The same with headers in addition to the worker's own.</summary>
    public Task<ProviderResponse> Send(
        string method, string path, BinaryContent? body, IReadOnlyDictionary<string, string>? headers,
        CancellationToken cancellation, Func<JsonElement, bool>? isSound = null) =>
        Seen(call =>
            runner.Run(options => Send(method, path, body, With(headers, options), Json), call, cancellation,
                isSound: isSound));

    /// <summary>Deletes something. Some providers confirm by a status alone.</summary>
    public Task<ProviderResponse> Delete(string path, CancellationToken cancellation) =>
        Seen(call =>
            runner.Run(options => Send("DELETE", path, null, options, Json), call, cancellation, mayBeEmpty: true));

    /// <summary>Any endpoint below the base URL whose answer is large, or not JSON.</summary>
    public Task<StreamedResponse> Open(string method, string path, BinaryContent? body,
        CancellationToken cancellation) => Open(method, path, body, null, cancellation);

    /// <summary>The same with headers in addition to the worker's own.</summary>
    public async Task<StreamedResponse> Open(string method, string path, BinaryContent? body,
        IReadOnlyDictionary<string, string>? headers, CancellationToken cancellation)
    {
        var call = begin();
        try
        {
            var answer = await runner.Open(options => Send(method, path, body, With(headers, options)), call,
                cancellation);
            call.Answered();
            return answer;
        }
        catch (Exception broken)
        {
            if (broken is FailureException failed)
                call.Failed(failed);
            call.Dispose();
            throw;
        }
    }

    /// <summary>Reports what was created, from an answer that the operation read itself.</summary>
    public Task Made(ProviderAsk ask, JsonElement answer, CancellationToken cancellation) =>
        gate?.Tell(ask, answer, cancellation) ?? Task.CompletedTask;

    /// <summary><c>POST /responses</c></summary>
    public Task<ProviderResponse> Respond(BinaryContent body, CancellationToken cancellation) =>
        Send("POST", "responses", body, cancellation);

    /// <summary><c>GET /responses/{id}</c></summary>
    public Task<ProviderResponse> Response(string id, CancellationToken cancellation) =>
        Send("GET", $"responses/{Uri.EscapeDataString(id)}", null, cancellation);

    /// <summary><c>POST /responses/{id}/cancel</c></summary>
    public Task<ProviderResponse> CancelResponse(string id, CancellationToken cancellation) =>
        Send("POST", $"responses/{Uri.EscapeDataString(id)}/cancel", null, cancellation);

    async Task<ProviderResponse> Seen(Func<CallSpan, Task<ProviderResponse>> run)
    {
        using var call = begin();
        try
        {
            return await run(call);
        }
        catch (FailureException failed)
        {
            call.Failed(failed);
            throw;
        }
    }

    static RequestOptions With(IReadOnlyDictionary<string, string>? headers, RequestOptions options)
    {
        if (headers is null)
            return options;
        foreach (var (name, value) in headers)
            options.SetHeader(name, value);
        return options;
    }

    async Task<ClientResult> Send(string method, string path, BinaryContent? body, RequestOptions options,
        string? accepted = null)
    {
        using var message = endpoint.Pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri = endpoint.At(path);
        message.Request.Content = body;
        if (body is not null)
            message.Request.Headers.Set("Content-Type", body.MediaType ?? Json);
        if (accepted is not null)
            message.Request.Headers.Set("Accept", accepted);
        if (path.Split('/', '?')[0] is "assistants" or "threads")
            message.Request.Headers.Set("OpenAI-Beta", "assistants=v2");
        message.Apply(options);
        await endpoint.Pipeline.SendAsync(message);
        return ClientResult.FromResponse(message.ExtractResponse()!);
    }
}
