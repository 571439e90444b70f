using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Upstream;

/// <summary>One request to the provider and its answer; whatever goes wrong becomes a <see cref="Failure"/> here and nowhere else.</summary>
sealed class Exchange(JobRequest request, OwnSecrets secrets, TimeProvider clock)
{
    public async Task<Answer> Run(Func<RequestOptions, Task<ClientResult>> call, CancellationToken cancellation)
    {
        var response = await Send(call, OptionsOf(cancellation), cancellation);
        var headers = HeadersOf(response);
        if (IsRefusal(response))
            throw Refused(response, headers);
        Attempt.Current?.Accepted();
        return new(Parse(response, headers), headers.RequestId, response.Status);
    }

    /// <summary>The same for an answer that may be large or no JSON: its body is read by the caller.</summary>
    public async Task<Download> Open(Func<RequestOptions, Task<ClientResult>> call, ProviderCall seen, CancellationToken cancellation)
    {
        var options = OptionsOf(cancellation);
        options.BufferResponse = false;
        var response = await Send(call, options, cancellation);
        var headers = HeadersOf(response);
        var content = new DownloadStream(response.ContentStream!, response, broken => seen.Failed(Unreachable(broken)));
        if (!IsRefusal(response))
        {
            Attempt.Current?.Accepted();
            return new(content, response.Headers.TryGetValue("content-type", out var type) ? type : null, headers.RequestId, response.Status, seen);
        }
        await using (content)
        {
            await response.BufferContentAsync(cancellation);
            throw Refused(response, headers);
        }
    }

    // The SDK wraps a refused connection in a ClientResultException of status 0, a connection cut in mid-answer in nothing.
    public static bool IsConnection(Exception thrown) =>
        thrown is HttpRequestException or IOException or ClientResultException { Status: 0 } or TaskCanceledException
        || thrown is AggregateException { InnerException: { } inner } && IsConnection(inner);

    public static FailureException Unreachable(Exception broken) => new(
        new(FailureKind.Transient, FailureCodes.Unreachable, $"The provider could not be reached, or hung up: {broken.GetBaseException().Message}"), broken);

    FailureException Refused(PipelineResponse response, UpstreamHeaders headers)
    {
        var error = ErrorOf(response);
        Attempt.Current?.Refused(response.Status, error);
        return new(FailureSwitch.Of(response.Status, error, headers));
    }

    static bool IsRefusal(PipelineResponse response) => response.Status is < 200 or > 299;

    static async Task<PipelineResponse> Send(Func<RequestOptions, Task<ClientResult>> call, RequestOptions options, CancellationToken cancellation)
    {
        try
        {
            return (await call(options)).GetRawResponse();
        }
        catch (Exception broken) when (IsConnection(broken) && !cancellation.IsCancellationRequested)
        {
            throw Unreachable(broken);
        }
    }

    UpstreamHeaders HeadersOf(PipelineResponse response)
    {
        var headers = UpstreamHeaders.Of(response.Headers, clock.GetUtcNow());
        Attempt.Current?.Answered(headers.Limits);
        return headers with { RequestId = headers.RequestId is { } id ? secrets.Masked(id) : null };
    }

    RequestOptions OptionsOf(CancellationToken cancellation)
    {
        var options = new RequestOptions { CancellationToken = cancellation, ErrorOptions = ClientErrorBehaviors.NoThrow };
        // OpenAI's support finds a call by this id, and so do a proxy's logs. A header takes ASCII only.
        if (request.JobId is { Length: > 0 and <= 256 } id && id.All(character => character is >= ' ' and <= '~'))
            options.SetHeader("X-Client-Request-Id", id);
        return options;
    }

    /// <summary>What the provider says is wrong.</summary>
    public UpstreamError? ErrorOf(PipelineResponse response)
    {
        if (TryParse(response.Content) is not { } body)
            return null;
        if (body.Member("error") is not { } error)
            return body.Text("message") is { } plain ? new() { Message = plain } : null;
        return error.ValueKind == JsonValueKind.String
            ? new() { Message = error.GetString() }
            : new() { Message = error.Text("message"), Type = error.Text("type"), Param = error.Text("param"), Code = error.Text("code") };
    }

    JsonElement Parse(PipelineResponse response, UpstreamHeaders headers) =>
        TryParse(response.Content) is { ValueKind: JsonValueKind.Object } body
            ? body
            : throw new FailureException(Failure.Broken(response.Status, headers.RequestId, "a body that is no JSON object"));

    // Some providers repeat the key in what they say of it.
    JsonElement? TryParse(BinaryData content)
    {
        try
        {
            return JsonElement.Parse(secrets.Masked(content.ToMemory()).Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
