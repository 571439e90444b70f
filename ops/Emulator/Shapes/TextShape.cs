using System.Text.RegularExpressions;

namespace OpenAIWorker.Emulator.Shapes;

sealed class TextShape(int min, int max, Regex? pattern) : Shape
{
    public override string Noun => "a string";

    public override bool Takes(JsonValueKind kind) => kind == JsonValueKind.String;

    protected override Refusal? CheckContent(JsonElement value)
    {
        // Most texts have no limits, and reading a text copies it.
        if (min == 0 && max == int.MaxValue && pattern is null)
        {
            return null;
        }

        var text = value.GetString()!;
        return Characters(text) switch
        {
            0 when min > 0 => new("empty_string",
                $"Invalid '{{path}}': empty string. Expected a string with minimum length {min}, but got an empty "
                    + "string instead."),
            var length when length > max => new("string_above_max_length",
                $"Invalid '{{path}}': string too long. "
                + $"Expected a string with maximum length {max}, but got a string with length {length} instead."),
            _ when pattern?.IsMatch(text) == false => new("invalid_value",
                $"Invalid '{{path}}': string does not match pattern. Expected a string that matches the pattern "
                    + $"'{pattern}'."),
            _ => null,
        };
    }

    // A surrogate pair of UTF-16 is one character.
    static int Characters(string text) => text.Length - text.Count(char.IsLowSurrogate);
}
