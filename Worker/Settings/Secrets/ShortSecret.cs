using System.Text.RegularExpressions;

namespace OpenAIWorker.Settings.Secrets;

/// <summary>A secret so short that the same letters may occur in a text by chance.</summary>
static partial class ShortSecret
{
    // The longest escape that may precede a secret.
    const int LongestEscape = 6;

    /// <summary>
    /// Whether the text is not a plain word: it has a digit among letters, a capital inside, a sign, or is a long
    /// number. Words, alone or joined by - and _, are used as keys for providers without keys; masking them would
    /// damage paid answers.
    /// </summary>
    public static bool Is(string secret) => secret.Length >= 8
        ? !Words().IsMatch(secret)
        : secret.Length >= 6 && !Words().IsMatch(secret) && !Number().IsMatch(secret);

    /// <summary>
    /// Whether the text is two or three joined words of usual length. Although they may be long together, they occur in
    /// answers by chance: a header's <c>customer-support</c>, a program's argument <c>track_parcel</c>. A passphrase
    /// has more words.
    /// </summary>
    public static bool IsPhrase(string secret) => Phrase().IsMatch(secret);

    /// <summary>Whether no letter or digit is next to it. The letters and digits of an escape do not count.</summary>
    public static bool StandsAlone(ReadOnlySpan<byte> text, int place, int length) =>
        (place + length == text.Length || !char.IsAsciiLetterOrDigit((char)text[place + length]))
        && (place == 0 || !char.IsAsciiLetterOrDigit((char)text[place - 1])
            || EndsInEscape(text[Math.Max(0, place - LongestEscape)..place]));

    // \u0027 and \n in JSON, %3A in an address.
    static bool EndsInEscape(ReadOnlySpan<byte> before) =>
        before is [.., (byte)'\\', (byte)'u', _, _, _, _] or [.., (byte)'\\', _] or [.., (byte)'%', _, _];

    [GeneratedRegex(@"^(\p{Lu}?\p{Ll}+|\p{Lu}+)([-_. ](\p{Lu}?\p{Ll}+|\p{Lu}+))*$")]
    private static partial Regex Words();

    [GeneratedRegex(@"^(\p{Lu}?\p{Ll}{1,15}|\p{Lu}{1,16})([-_. ](\p{Lu}?\p{Ll}{1,15}|\p{Lu}{1,16})){1,2}$")]
    private static partial Regex Phrase();

    [GeneratedRegex(@"^\d+$")]
    private static partial Regex Number();
}
