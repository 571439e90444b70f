using System.Text.Unicode;

namespace OpenAIWorker.Json;

/// <summary>
/// Whether JSON holds only texts that are texts in Unicode. Parsers notice others when such a text is read, which may
/// be anywhere.
/// </summary>
static class WholeText
{
    // \n, and \u0041.
    const int Shortest = 2;
    const int Escape = 6;

    /// <summary>Valid UTF-8, without half of a surrogate pair among its escapes.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && !HasHalfACharacter(json);

    /// <summary>An escape of <c>\ud800</c> to <c>\udfff</c> without the other one of its pair.</summary>
    public static bool HasHalfACharacter(ReadOnlySpan<byte> json)
    {
        // Most JSON has no such escape, and this is read at the speed of memory.
        if (json.IndexOf(@"\u"u8) < 0)
            return false;
        for (var at = json.IndexOf((byte)'\\'); at >= 0; at = json.IndexOf((byte)'\\'))
        {
            json = json[at..];
            var (unit, following) = (UnitOf(json), UnitOf(json.Length > Escape ? json[Escape..] : default));
            var isPair = char.IsHighSurrogate(unit) && char.IsLowSurrogate(following);
            if (char.IsSurrogate(unit) && !isPair)
                return true;
            json = json[Math.Min(json.Length, isPair ? 2 * Escape : Shortest)..];
        }
        return false;
    }

    // What is no escape of this kind is no half of a character either.
    static char UnitOf(ReadOnlySpan<byte> text) =>
        text is [(byte)'\\', (byte)'u', ..] && text.Length >= Escape
            && ushort.TryParse(text[Shortest..Escape], System.Globalization.NumberStyles.AllowHexSpecifier, null,
                out var unit)
            ? (char)unit
            : default;
}
