using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Emulator.Faults;

/// <summary>Words joined by <c>+</c> (in a model name) or <c>,</c> (in a header or a rule).</summary>
static partial class FaultLanguage
{
    static readonly Dictionary<string, FaultKind> Kinds = new()
    {
        ["slow"] = FaultKind.Slow,
        ["status"] = FaultKind.Status,
        ["retry-after"] = FaultKind.RetryAfter,
        ["cut"] = FaultKind.Cut,
        ["cut-after"] = FaultKind.CutAfter,
        ["hang"] = FaultKind.Hang,
        ["broken"] = FaultKind.Broken,
        ["html"] = FaultKind.Html,
    };

    public static Fault[] Parse(string text) =>
        Array.ConvertAll(text.Split(['+', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            ParseWord);

    static Fault ParseWord(string word)
    {
        var parts = Word.Match(word);
        if (!parts.Success || !Kinds.TryGetValue(parts.Groups["name"].Value, out var kind))
        {
            throw Wrong(word, $"known are {string.Join(", ", Kinds.Keys)}, each with @probability or #calls behind it");
        }

        return new(
            word,
            kind,
            NumberOf(word, kind, parts.Groups["number"]),
            parts.Groups["code"] is { Success: true } code ? code.Value : null,
            parts.Groups["probability"] is { Success: true } chance
                ? double.Parse(chance.ValueSpan, CultureInfo.InvariantCulture)
                : 1,
            WholeOf(parts.Groups["calls"]));
    }

    static int NumberOf(string word, FaultKind kind, Group number) => (kind, WholeOf(number)) switch
    {
        (FaultKind.Status, >= 400 and < 600 and var status) => status,
        (FaultKind.Status, _) => throw Wrong(word, "status needs one of 400 to 599, as in status:500"),
        (FaultKind.Slow, null) => throw Wrong(word, "slow needs milliseconds, as in slow:500"),
        (FaultKind.RetryAfter, null) => throw Wrong(word, "retry-after needs seconds, as in retry-after:3"),
        (_, var other) => other ?? 0,
    };

    static int? WholeOf(Group digits) =>
        digits.Success ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : null;

    static FaultSyntaxException Wrong(string word, string cure) => new($"Fault '{word}' is not understood: {cure}.");

    // Eight digits are 27 hours of milliseconds, and cannot overflow.
    [GeneratedRegex(
        @"^(?<name>[a-z-]+)(:(?<number>\d{1,8}))?(:(?<code>[a-z_]+))?"
        + @"(@(?<probability>[01](\.\d+)?|\.\d+))?(#(?<calls>\d{1,8}))?$")]
    static partial Regex Word { get; }
}
