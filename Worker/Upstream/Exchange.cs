using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

/// <summary>One request to the provider and its answer; whatever goes wrong becomes a <see cref="Failure"/> here and nowhere else.</summary>
static class Exchange
{
    public static async Task<Answer> Run(
        Func<RequestOptions, Task<ClientResult>> call, JobRequest request, TimeProvider clock, CancellationToken cancellation)
    {
        var response = await Send(call, request, cancellation);
        var headers = UpstreamHeaders.Of(response.Headers, clock.GetUtcNow());
        if (response.Status is < 200 or > 299)
            throw new FailureException(FailureSwitch.Of(response.Status, ErrorOf(response), headers));
        return new(Parse(response, headers), headers.RequestId, response.Status);
    }

    static async Task<PipelineResponse> Send(Func<RequestOptions, Task<ClientResult>> call, JobRequest request, CancellationToken cancellation)
    {
        try
        {
            return (await call(OptionsOf(request, cancellation))).GetRawResponse();
        }
        catch (Exception broken) when (IsConnection(broken) && !cancellation.IsCancellationRequested)
        {
            throw new FailureException(
                new(FailureKind.Transient, FailureCodes.Unreachable, $"The provider could not be reached, or hung up: {broken.GetBaseException().Message}"),
                broken);
        }
    }

    static RequestOptions OptionsOf(JobRequest request, CancellationToken cancellation)
    {
        var options = new RequestOptions { CancellationToken = cancellation, ErrorOptions = ClientErrorBehaviors.NoThrow };
        // OpenAI's support finds a call by this id, and so do a proxy's logs. A header takes ASCII only.
        if (request.JobId is { Length: > 0 and <= 256 } id && id.All(character => character is >= ' ' and <= '~'))
            options.SetHeader("X-Client-Request-Id", id);
        return options;
    }

    // The SDK wraps a refused connection in a ClientResultException of status 0, a connection cut in mid-answer in nothing.
    static bool IsConnection(Exception thrown) =>
        thrown is HttpRequestException or IOException or ClientResultException { Status: 0 } or TaskCanceledException
        || thrown is AggregateException { InnerException: { } inner } && IsConnection(inner);

    static UpstreamError? ErrorOf(PipelineResponse response)
    {
        if (TryParse(response.Content) is not { } body)
            return null;
        if (body.Member("error") is not { } error)
            return body.Text("message") is { } plain ? new() { Message = plain } : null;
        return error.ValueKind == JsonValueKind.String
            ? new() { Message = error.GetString() }
            : new() { Message = error.Text("message"), Type = error.Text("type"), Param = error.Text("param"), Code = error.Text("code") };
    }

    static JsonElement Parse(PipelineResponse response, UpstreamHeaders headers) =>
        TryParse(response.Content) is { ValueKind: JsonValueKind.Object } body
            ? body
            : throw new FailureException(
                new(FailureKind.Transient, FailureCodes.BrokenAnswer, $"The provider answered {response.Status} with a body that is no JSON object.")
                {
                    Status = response.Status,
                    RequestId = headers.RequestId,
                });

    static JsonElement? TryParse(BinaryData content)
    {
        try
        {
            return JsonElement.Parse(content.ToMemory().Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
