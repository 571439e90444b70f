using Microsoft.ML.Tokenizers;

namespace OpenAIWorker.Limits;

/// <summary>Counts the tokens of a text by the encoding o200k, which is right or near it for every model of today.</summary>
static class Tokens
{
    // The tokenizer's time grows with the square of a run of letters without a break: 100,000 of them take 1.5 s.
    const int LongestRun = 2_000;

    // Of text like base64, which is what such runs are.
    const double CharactersInARun = 1.5;

    // Beyond this a sample tells enough, and a book costs no time.
    const int LongestText = 40_000;

    static readonly Lazy<Tokenizer> Encoding = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    public static double In(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        if (text.Length > LongestText)
            return In(text[..LongestText]) * text.Length / LongestText;
        return LongestRunOf(text) > LongestRun ? text.Length / CharactersInARun : Encoding.Value.CountTokens(text);
    }

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
