using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator;

/// <summary>What is sent back.</summary>
sealed record Reply(int Status, ReadOnlyMemory<byte> Body)
{
    public string ContentType { get; init; } = "application/json";

    /// <summary>Asks the client to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The connection breaks in the middle of the body.</summary>
    public bool IsCut { get; init; }

    public static Reply Json(JsonNode body, int status = 200) => new(status, Encoding.UTF8.GetBytes(body.ToJsonString(Plain)));

    // As OpenAI writes it: quotes and angle brackets as themselves.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
