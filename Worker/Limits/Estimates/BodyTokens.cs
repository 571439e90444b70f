using System.Text.Json;

namespace OpenAIWorker.Limits.Estimates;

/// <summary>Estimates the tokens of a body in the API's form, by members that its endpoints share.</summary>
static class BodyTokens
{
    static readonly IReadOnlyList<string> Bounds = ["max_output_tokens", "max_completion_tokens", "max_tokens"];

    public static TokenEstimate In(JsonElement? body, Func<string?, double> count) =>
        body is { ValueKind: JsonValueKind.Object } members
        ? new(Read(members, "", count),
            Bounds.Select(name => Number(members, name))
                .FirstOrDefault(bound => bound > 0) * Math.Max(1, Number(members, "n")))
        : default;

    static double Read(JsonElement json, string name, Func<string?, double> count) => json.ValueKind switch
    {
        JsonValueKind.String => IsSaid(name) ? count(TextOf(json)) : 0,
        JsonValueKind.Array => json.EnumerateArray().Sum(item => Read(item, name, count)),
        JsonValueKind.Object when IsImage(json) => ImageTokens.In,
        JsonValueKind.Object => json.EnumerateObject().Sum(member => Read(member.Value, member.Name, count)),
        _ => 0,
    };

    static bool IsSaid(string name) =>
        name is "text" or "content" or "input" or "prompt" or "instructions" or "arguments" or "output" or "suffix";

    static bool IsImage(JsonElement json) => json.TryGetProperty("image_url", out _);

    static double Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetDouble(out var value) && double.IsFinite(value) ? value : 0;

    // An incomplete character cannot be read as a text.
    static string? TextOf(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
