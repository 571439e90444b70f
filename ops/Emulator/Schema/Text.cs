using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>A string, perhaps one of a few, of bounded length, or of a pattern.</summary>
sealed record Text(string Name, int Most = int.MaxValue, int Least = 0, string? Pattern = null, params IReadOnlyList<string>? Values) : Field(Name)
{
    public static Text OneOf(string name, params IReadOnlyList<string> values) => new(name, Values: values);

    public override void Check(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw WrongType(path, "a string", value);
        var text = value.GetString()!;
        if (Values is { Count: > 0 } && !Values.Contains(text))
            throw Invalid($"Invalid value: '{text}'. Supported values are: {string.Join(", ", Values.Select(allowed => $"'{allowed}'"))}.", path, "invalid_value");
        if (text.Length > Most)
            throw Invalid($"Invalid '{path}': string too long. Expected a string with maximum length {Most}, but got a string with length {text.Length} instead.", path, "string_above_max_length");
        if (text.Length < Least)
            throw Invalid($"Invalid '{path}': string too short. Expected a string with minimum length {Least}, but got a string with length {text.Length} instead.", path, "string_below_min_length");
        if (Pattern is not null && !Regex.IsMatch(text, Pattern))
            throw Invalid($"Invalid '{path}': string does not match pattern. Expected a string that matches the pattern '{Pattern}'.", path, "invalid_value");
    }
}
