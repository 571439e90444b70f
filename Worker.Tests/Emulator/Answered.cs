using System.Text.Json;

namespace OpenAIWorker.Tests.Emulator;

/// <summary>What a client sees of an answer.</summary>
public sealed record Answered(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json { get; } = Text.StartsWith('{') && Text.EndsWith('}') ? JsonElement.Parse(Text) : default;

    public JsonElement Error => Json.GetProperty("error");

    public string? Code => Error.GetProperty("code").GetString();

    public string? Param => Error.GetProperty("param").GetString();

    public string? Message => Error.GetProperty("message").GetString();

    public static async Task<Answered> Read(HttpResponseMessage response, CancellationToken cancellation) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(cancellation),
        response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(',', header.Value),
                StringComparer.OrdinalIgnoreCase));
}
