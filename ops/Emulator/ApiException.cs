using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator;

/// <summary>A refusal with OpenAI's error body.</summary>
sealed class ApiException(int status, string message, string type = "invalid_request_error", string? param = null, string? code = null) : Exception(message)
{
    public TimeSpan? RetryAfter { get; init; }

    public Reply ToReply()
    {
        var error = new JsonObject { ["message"] = Message, ["type"] = type, ["param"] = param, ["code"] = code };
        return Reply.Json(new JsonObject { ["error"] = error }, status) with { RetryAfter = RetryAfter };
    }
}
