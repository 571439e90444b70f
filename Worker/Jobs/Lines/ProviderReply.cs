using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Json;

namespace OpenAIWorker.Jobs.Lines;

/// <summary>The provider's answer to a job, as far as the job's ending has it.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="RequestId">The provider's id of the request.</param>
/// <param name="Body">The body. An answer that is not a JSON object is a text, or a file that the worker
/// stored.</param>
readonly record struct ProviderReply(int StatusCode, string? RequestId, JsonElement? Body)
{
    const int OK = 200;
    const int FirstOther = 300;

    // For an unusable answer whose status said success: readers go by the number.
    const int BadGateway = 502;

    /// <summary>Null: the provider did not answer, or without an error of its own.</summary>
    /// <param name="ending">The ending's event.</param>
    /// <param name="isCompleted">Whether it has a result.</param>
    public static ProviderReply? Of(JsonElement ending, bool isCompleted)
    {
        var (status, requestId) = ((int?)ending.Number("status"), ending.Text("requestId"));
        if (isCompleted)
            return new(status ?? OK, requestId,
                ending.Member("raw") ?? ending.Member("body") ?? ending.Member("text") ?? ending.Member("file"));
        return status is { } number && ending.Member("error") is { } error
            ? new(number is >= OK and < FirstOther ? BadGateway : number, requestId,
                error.Member("body") ?? Within(error))
            : null;
    }

    static JsonElement Within(JsonElement error) =>
        JsonSerializer.SerializeToElement(new JsonObject { ["error"] = JsonObject.Create(error) });
}
