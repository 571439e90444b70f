using System.Globalization;
using System.Text;
using OpenAIWorker.Json;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// Text of others in a log or a terminal. Its control characters could start new lines there, or control the terminal;
/// its invisible characters could reverse the text around it, or make two names look the same.
/// </summary>
static class PlainText
{
    const int LongestName = 256;
    const char Mark = '·';

    // Flags of regions, such as Scotland's, are this one and invisible letters.
    const int BlackFlag = 0x1F3F4;

    /// <summary>A name, such as a job's.</summary>
    public static string Name(string name) => Line(Excerpt.Marked(name, LongestName));

    /// <summary>As one line.</summary>
    public static string Line(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var (plain, isFlag, at) = ((StringBuilder?)null, false, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnfit(rune, isFlag))
                (plain ??= new(text, 0, at, text.Length)).Append(Mark);
            else
                plain?.Append(text, at, rune.Utf16SequenceLength);
            isFlag = rune.Value == BlackFlag || isFlag && IsTag(rune.Value);
            at += rune.Utf16SequenceLength;
        }
        return plain?.ToString() ?? text;
    }

    /// <summary>Any text; its lines are kept.</summary>
    public static string Of(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Replace("\t", "    ", StringComparison.Ordinal).Split('\n')
            .Select(Line));

    /// <summary>
    /// JSON, which programs read too and which keeps its meaning: what <see cref="Line"/> marks is escaped here,
    /// because it can only be within a string. A raw control character, which JSON allows only as white space, becomes
    /// a space.
    /// </summary>
    public static string Json(string json)
    {
        if (!json.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return json;
        var (plain, isFlag) = (new StringBuilder(json.Length), false);
        foreach (var rune in json.EnumerateRunes())
        {
            if (Rune.IsControl(rune))
                plain.Append(rune.Value == '\n' ? '\n' : ' ');
            else if (IsUnfit(rune, isFlag))
                foreach (var unit in rune.ToString())
                    plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            else
                plain.Append(rune);
            isFlag = rune.Value == BlackFlag || isFlag && IsTag(rune.Value);
        }
        return plain.ToString();
    }

    static bool IsUnfit(Rune rune, bool isFlag) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => !IsShown(rune.Value) && !(isFlag && IsTag(rune.Value)),
        _ => false,
    };

    static bool IsTag(int value) => value is >= 0xE0020 and <= 0xE007F;

    // The joiners within emoji and between Arabic, Persian and Indic letters, signs before numbers that are seen, and
    // the layout of hieroglyphs and shorthand.
    static bool IsShown(int value) => value is 0x200C or 0x200D or (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F
        or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD or (>= 0x13430 and <= 0x1343F)
        or (>= 0x1BCA0 and <= 0x1BCA3);
}
