using System.Globalization;

namespace OpenAIWorker.Emulator.Faults;

/// <summary>One misbehaviour: <c>slow:500</c>, <c>status:429:insufficient_quota</c>, <c>cut</c>, with <c>@0.05</c> for chance and <c>#2</c> for the first two calls of a job.</summary>
sealed record Fault(string Kind, string Value, string Code, double Probability, int? Times, string Text)
{
    static readonly string[] Kinds = ["slow", "status", "retry-after", "cut", "cut-after", "hang", "broken", "html"];

    public static IEnumerable<Fault> Parse(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne);

    public int Number => int.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(Text);

    static Fault ParseOne(string text)
    {
        var (rest, times) = Split(text, '#');
        var (what, chance) = Split(rest, '@');
        var parts = what.Split(':', 3);
        return Kinds.Contains(parts[0])
            ? new(parts[0], parts.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(2) ?? "",
                chance is null ? 1 : double.TryParse(chance, NumberStyles.Float, CultureInfo.InvariantCulture, out var probability) ? probability : throw Wrong(text),
                times is null ? null : int.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw Wrong(text),
                text)
            : throw Wrong(text);
    }

    static (string Before, string? After) Split(string text, char separator) => text.IndexOf(separator, StringComparison.Ordinal) switch
    {
        < 0 => (text, null),
        var at => (text[..at], text[(at + 1)..]),
    };

    static ApiException Wrong(string text) => new(400, $"'{text}' is no fault. Known are: {string.Join(", ", Kinds)}. See ops/Emulator/README.md.", param: "model");
}
