using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Turns texts into the end of a queue's name: their readable characters, and a hash that distinguishes them.
/// </summary>
static partial class QueueNameSuffix
{
    const int Readable = 40;
    const int HashDigits = 8;

    /// <param name="texts">The readable texts.</param>
    /// <param name="secret">A text that only enters the hash.</param>
    public static string Of(IReadOnlyList<string> texts, string secret)
    {
        var whole = string.Join('\n', texts.Append(secret));
        var words = Strange().Replace(string.Join('.', texts.Where(text => text.Length > 0)), "-");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..HashDigits];
        return $"{words[..Math.Min(Readable, words.Length)]}-{hash}";
    }

    /// <summary>Whether the words may have been made here.</summary>
    public static bool Fit(ReadOnlySpan<char> words) =>
        words.Length <= Readable + 1 + HashDigits && Made().IsMatch(words);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]*-[0-9a-f]{8}\z")]
    private static partial Regex Made();

    [GeneratedRegex("[^A-Za-z0-9._-]+")]
    private static partial Regex Strange();
}
