using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings;

/// <summary>
/// What differs between the settings in force and those that files give now. A file's setting that the environment or
/// the command line overrides does not.
/// </summary>
/// <param name="Taken">Settings that take effect at once.</param>
/// <param name="Left">Settings that count from the next start.</param>
sealed record SettingsChange(IReadOnlyList<string> Taken, IReadOnlyList<string> Left)
{
    public static SettingsChange Between(IConfiguration old, IConfiguration fresh, IReadOnlyList<string> sections)
    {
        var paths = Paths(old, sections).Union(Paths(fresh, sections), StringComparer.OrdinalIgnoreCase)
            .Where(path => old[path] != fresh[path]).Order(StringComparer.Ordinal).ToLookup(AtOnce.Holds);
        return new([.. paths[true]], [.. paths[false]]);
    }

    /// <summary>
    /// The values of a file for the running worker: new ones of what takes effect at once, and the old ones of all
    /// else.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string?>> Merged(SettingsFile old, SettingsFile fresh) =>
        old.Values.Where(value => !AtOnce.Holds(value.Key)).Concat(fresh.Values.Where(value => AtOnce.Holds(value.Key)))
            .ToList();

    // Other programs' sections in the same file are not the worker's.
    static IEnumerable<string> Paths(IConfiguration configuration, IReadOnlyList<string> sections) =>
        sections.Append("Logging")
        .SelectMany(section => configuration.GetSection(section).AsEnumerable()).Where(pair => pair.Value is not null)
        .Select(pair => pair.Key);
}
