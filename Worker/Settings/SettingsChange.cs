using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings;

/// <summary>
/// The difference between the settings in force and the current files. A file's setting that the environment or the
/// command line overrides is no difference.
/// </summary>
/// <param name="Taken">Settings that take effect at once.</param>
/// <param name="Left">Settings that apply from the next start.</param>
sealed record SettingsChange(IReadOnlyList<string> Taken, IReadOnlyList<string> Left)
{
    public static SettingsChange Between(IConfiguration old, IConfiguration fresh, IReadOnlyList<string> sections)
    {
        var paths = Paths(old, sections).Union(Paths(fresh, sections), StringComparer.OrdinalIgnoreCase)
            .Where(path => old[path] != fresh[path]).Order(StringComparer.Ordinal).ToLookup(AtOnce.Holds);
        return new([.. paths[true]], [.. paths[false]]);
    }

    /// <summary>
    /// A file's values for the running worker: the new ones if they take effect at once, and the old ones for all other
    /// settings.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string?>> Merged(SettingsFile old, SettingsFile fresh) =>
        old.Values.Where(value => !AtOnce.Holds(value.Key)).Concat(fresh.Values.Where(value => AtOnce.Holds(value.Key)))
            .ToList();

    // Other programs may have sections in the same file.
    static IEnumerable<string> Paths(IConfiguration configuration, IReadOnlyList<string> sections) =>
        sections.Append("Logging")
        .SelectMany(section => configuration.GetSection(section).AsEnumerable()).Where(pair => pair.Value is not null)
        .Select(pair => pair.Key);
}
