using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>
/// The provider's error: <c>{"error":{"message","type","param","code"}}</c> in OpenAI's shape; other shapes are read
/// too.
/// </summary>
public sealed record UpstreamError
{
    /// <summary>In words.</summary>
    public string? Message { get; init; }

    /// <summary>The family, such as <c>invalid_request_error</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The API's parameter at fault.</summary>
    public string? Param { get; init; }

    /// <summary>The code, such as <c>context_length_exceeded</c>. A number comes as its text.</summary>
    public string? Code { get; init; }

    /// <summary>
    /// The whole error body, unchanged: JSON as it came, anything else as a text. Beyond 64 KiB, its beginning as a
    /// text.
    /// </summary>
    public JsonElement? Body { get; init; }
}
