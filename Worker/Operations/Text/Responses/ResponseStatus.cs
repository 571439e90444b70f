using System.Text.Json;
using OpenAIWorker.Json;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>The status of a response. Some servers write it in capitals.</summary>
static class ResponseStatus
{
    /// <summary>Whether the provider still works on it.</summary>
    public static bool IsOpen(JsonElement body) => Is(body, "queued") || Is(body, "in_progress");

    /// <summary>Whether it ended without an answer.</summary>
    public static bool IsFailure(JsonElement body) =>
        Is(body, "failed") || Is(body, "cancelled") || Is(body, "expired");

    /// <summary>Whether it is complete, according to its status.</summary>
    public static bool IsWhole(JsonElement body) => body.Text("status") is null || Is(body, "completed");

    public static bool Is(JsonElement body, string status) =>
        string.Equals(body.Text("status"), status, StringComparison.OrdinalIgnoreCase);
}
