namespace OpenAIWorker.Settings;

/// <summary>A setting of several names, joined by commas; a <c>*</c> at the end of a name matches anything.</summary>
static class NameList
{
    public static string[] Of(string? names) =>
        names?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static bool Has(string? names, string name) => Of(names).Any(pattern => Fits(pattern, name));

    public static bool Fits(string pattern, string name) =>
        pattern.EndsWith('*')
            ? name.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
            : name == pattern;
}
