using System.Text.Unicode;

namespace OpenAIWorker.Json;

/// <summary>
/// Whether all texts in JSON are valid Unicode. Parsers report others only when such a text is read, which may be
/// anywhere.
/// </summary>
static class WholeText
{
    // The length of \n; \u0041 is longer.
    const int Shortest = 2;
    const int Escape = 6;

    /// <summary>Valid UTF-8, without half of a surrogate pair among its escapes.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && !HasHalfACharacter(json);

    /// <summary>Whether an escape of <c>\ud800</c> to <c>\udfff</c> lacks the other half of its pair.</summary>
    public static bool HasHalfACharacter(ReadOnlySpan<byte> json)
    {
        // Most JSON has no such escape, and is scanned at the speed of memory.
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

    // Anything but an escape of this kind is not half of a pair.
    static char UnitOf(ReadOnlySpan<byte> text) =>
        text is [(byte)'\\', (byte)'u', ..] && text.Length >= Escape
            && ushort.TryParse(text[Shortest..Escape], System.Globalization.NumberStyles.AllowHexSpecifier, null,
                out var unit)
            ? (char)unit
            : default;
}
