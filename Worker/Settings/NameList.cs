namespace OpenAIWorker.Settings;

/// <summary>A setting of several names, joined by commas; a <c>*</c> at the end of a name stands for anything.</summary>
static class NameList
{
    public static bool Has(string? names, string name) => (names ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Any(pattern => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern);
}
