using System.Text.Json;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>A successful response: its JSON, the provider's id of the request, and the HTTP status.</summary>
sealed record ProviderResponse(JsonElement Body, string? RequestId, int Status)
{
    /// <summary>
    /// The failure for an answer without the required content. It contains the answer; and a billed call is not
    /// repeated.
    /// </summary>
    public FailureException Broken(string with) =>
        new(Failure.Broken(Status, RequestId, with).OrTold(Body)
            .OnceIf(Body.IsBilled()) with
        { Error = new() { Body = ErrorReading.Kept(Body) } });
}
