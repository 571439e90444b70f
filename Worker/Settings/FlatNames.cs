using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings;

/// <summary>
/// Finds settings in a file that are spelled as in the environment, such as <c>Delivery__Concurrency</c>: a file has
/// objects, and .NET ignores other spellings.
/// </summary>
static class FlatNames
{
    static readonly char[] Separators = ['_', '.'];

    public static IEnumerable<string> Problems(IConfiguration configuration, IReadOnlyList<string> sections) =>
        from file in SettingsFiles.Of(configuration)
        from given in file.Values
        where !given.Key.Contains(':', StringComparison.Ordinal)
            && sections.Contains(given.Key.Split(Separators)[0], StringComparer.OrdinalIgnoreCase)
        select $"{given.Key} in the settings file '{file.Name}' is not a setting. A file has objects, such as "
            + """{"Delivery": {"Concurrency": 8}}. 'worker settings' shows all names.""";
}
