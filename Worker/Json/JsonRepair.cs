using System.Text;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Json;

/// <summary>
/// Repairs invalid JSON of providers: half of a surrogate pair, control characters inside texts, unknown escapes,
/// <c>NaN</c> and <c>Infinity</c>, numbers as other languages write them, Python's literals, and any text after the
/// first value.
/// </summary>
sealed partial class JsonRepair
{
    const int HexDigits = 4;
    const int Escape = HexDigits + 2;

    readonly string text;
    readonly bool isWhole;
    readonly StringBuilder repaired;
    int at;
    int depth;

    JsonRepair(string text, bool isWhole) => (this.text, this.isWhole, repaired) = (text, isWhole, new(text.Length));

    /// <param name="text">The text.</param>
    /// <param name="whole">Whether to keep what follows the first value, so that a parser sees it.</param>
    public static string Of(string text, bool whole = false) => new JsonRepair(text, whole).Run();

    string Run()
    {
        while (at < text.Length && !IsOver)
        {
            if (text[at] == '"')
                CopyText();
            else if (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '+' or '.')
                CopyWord();
            else
                CopyMark();
        }
        return repaired.ToString();
    }

    // The first value is complete. What follows it was not paid for.
    bool IsOver => !isWhole && depth == 0 && repaired is [.., '}' or ']'];

    void CopyMark()
    {
        depth += text[at] switch { '{' or '[' => 1, '}' or ']' => -1, _ => 0 };
        repaired.Append(text[at++]);
    }

    void CopyWord()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '+' or '.' or '#'))
            at++;
        var word = text.AsSpan(start, at - start);
        repaired.Append(word.TrimStart("+-") switch
        {
            "NaN" or "nan" or "Infinity" or "Inf" or "inf" or "infinity" or "None" or "undefined" => "null",
            "True" => "true",
            "False" => "false",
            var other => Plain(word[0] == '+' ? other : word),
        });
    }

    // Other languages write numbers as 007, .5 and 1.
    static ReadOnlySpan<char> Plain(ReadOnlySpan<char> word)
    {
        if (Number().Match(word.ToString()) is not { Success: true, Groups: var parts }
            || parts["whole"].Length + parts["part"].Length == 0)
            return word;
        var whole = parts["whole"].Value.TrimStart('0') is { Length: > 0 } digits ? digits : "0";
        var part = parts["part"].Length > 0 ? $".{parts["part"].Value}" : "";
        return $"{parts["sign"].Value}{whole}{part}{parts["power"].Value}";
    }

    void CopyText()
    {
        repaired.Append(text[at++]);
        while (at < text.Length)
        {
            var next = text[at];
            if (next == '\\')
                CopyEscape();
            else if (next < ' ')
                Append($"\\u{(int)text[at]:x4}", 1);
            else
                Append(text.AsSpan(at, 1), 1);
            if (next == '"')
                return;
        }
    }

    void CopyEscape()
    {
        var unit = UnitAt(at);
        if (unit is null)
            CopyShortEscape();
        else if (char.IsHighSurrogate(unit.Value) && UnitAt(at + Escape) is { } low && char.IsLowSurrogate(low))
            Append(text.AsSpan(at, 2 * Escape), 2 * Escape);
        else
            Append(char.IsSurrogate(unit.Value) ? @"\ufffd" : text.AsSpan(at, Escape), Escape);
    }

    // A backslash before any other character is a literal backslash.
    void CopyShortEscape()
    {
        if (at + 1 < text.Length && text[at + 1] is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't')
            Append(text.AsSpan(at, 2), 2);
        else
            Append(@"\\", 1);
    }

    char? UnitAt(int place) =>
        place + Escape <= text.Length && text[place] == '\\' && text[place + 1] == 'u'
        && ushort.TryParse(text.AsSpan(place + 2, HexDigits), System.Globalization.NumberStyles.AllowHexSpecifier, null,
            out var unit)
            ? (char)unit
            : null;

    void Append(ReadOnlySpan<char> what, int inPlaceOf)
    {
        repaired.Append(what);
        at += inPlaceOf;
    }

    [GeneratedRegex(@"^(?<sign>-?)(?<whole>[0-9]*)(\.(?<part>[0-9]*))?(?<power>([eE][+-]?[0-9]+)?)$")]
    private static partial Regex Number();
}
