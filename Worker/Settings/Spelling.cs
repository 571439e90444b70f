namespace OpenAIWorker.Settings;

/// <summary>Compares names, to propose a correction for a typing error.</summary>
static class Spelling
{
    // One wrong letter in three is allowed; beyond that the nearest name is another word.
    const int LettersForOneSlip = 3;

    /// <summary>The nearest of some names, if it is near enough to be meant.</summary>
    public static string? Nearest(string given, IEnumerable<string> names) =>
        names.MinBy(name => Distance(name, given)) is { } nearest && IsNear(nearest, given) ? nearest : null;

    /// <summary><c> Did you mean …?</c>, or nothing if no name is near.</summary>
    public static string Proposal(string given, IEnumerable<string> names) =>
        Nearest(given, names) is { } nearest ? $" Did you mean {nearest}?" : "";

    /// <summary>
    /// Whether one may be a misspelling of the other: few letters differ, or one begins or ends with the other.
    /// </summary>
    public static bool IsNear(string one, string other)
    {
        var (shorter, longer) = one.Length < other.Length ? (one, other) : (other, one);
        return Distance(one, other) <= Math.Max(1, longer.Length / LettersForOneSlip)
            || shorter.Length >= LettersForOneSlip
            && (longer.StartsWith(shorter, StringComparison.OrdinalIgnoreCase)
                || longer.EndsWith(shorter, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// The number of letters to insert, delete, replace or swap with the next (Damerau and Levenshtein), ignoring case.
    /// </summary>
    public static int Distance(string one, string other)
    {
        var (before, last, row) = (new int[other.Length + 1], Enumerable.Range(0, other.Length + 1).ToArray(),
            new int[other.Length + 1]);
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1,
                    last[j - 1] + (Same(one[i - 1], other[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(one[i - 1], other[j - 2]) && Same(one[i - 2], other[j - 1]))
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last, row) = (last, row, before);
        }
        return last[^1];
    }

    static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
