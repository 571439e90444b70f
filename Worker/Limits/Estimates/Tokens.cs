using System.Text;
using Microsoft.ML.Tokenizers;

namespace OpenAIWorker.Limits.Estimates;

/// <summary>
/// Counts the tokens of a text with the encoding o200k, which is exact or close for every current model; or estimates
/// them from the bytes, which takes no time and needs no tables of 165 MB.
/// </summary>
static class Tokens
{
    const double BytesInAToken = 4;

    // The tokenizer's time grows with the square of the length of letters without a break: 100,000 of them take 1.5 s.
    const int LongestRun = 2_000;

    // For texts like base64, which is what such runs usually are.
    const double CharactersInARun = 1.5;

    // Longer texts are sampled, so that a book costs no time.
    const int LongestText = 40_000;

    static readonly Lazy<Tokenizer> O200k = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    public static double In(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        if (text.Length > LongestText)
            return In(text[..LongestText]) * text.Length / LongestText;
        return LongestRunOf(text) > LongestRun ? text.Length / CharactersInARun : O200k.Value.CountTokens(text);
    }

    /// <summary>
    /// English has four bytes per token, other languages more or fewer: the answers show the difference for a group's
    /// texts.
    /// </summary>
    public static double RoughlyIn(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text) / BytesInAToken;

    static int LongestRunOf(string text)
    {
        var (longest, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !char.IsWhiteSpace(text[i]))
                continue;
            longest = Math.Max(longest, i - start);
            start = i + 1;
        }
        return longest;
    }
}
