using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings;

/// <summary>Checks the names and types of settings before they are bound: the binder ignores unknown names.</summary>
static class SettingsCheck
{
    // Up to this many wrong letters count as a typing error; more may be another program's variable.
    const int Misspelt = 2;

    // The section of Microsoft.Extensions.Logging.
    const string Logging = "Logging";

    /// <param name="configuration">All sources together.</param>
    /// <param name="settings">The known settings.</param>
    /// <param name="arguments">The command line's settings; there every setting is meant for the worker.</param>
    /// <exception cref="SettingsException">A setting is unknown, or its value cannot be read.</exception>
    public static void Names(IConfiguration configuration, KnownSettings settings, IReadOnlyList<string> arguments)
    {
        var problems = settings.Names
            .SelectMany(section => configuration.GetSection(section).AsEnumerable())
            .Where(given => given.Value is not null && given.Key.Contains(':', StringComparison.Ordinal))
            .Select(given => Problem(given.Key, given.Value!, settings.All))
            .OfType<string>()
            .Concat(Strangers(configuration, settings.Names, arguments))
            .Concat(FlatNames.Problems(configuration, settings.Names))
            .Concat(LoggingCheck.Problems(configuration.GetSection(Logging)))
            .ToList();
        if (problems.Count > 0)
            throw new SettingsException(problems);
    }

    /// <summary>Reads a section before the host is built, for values that are needed by then.</summary>
    public static T Read<T>(this IConfiguration configuration) where T : class, new() =>
        configuration.GetSection(SettingNames.Section(typeof(T))).Get<T>() ?? new();

    static IEnumerable<string> Strangers(IConfiguration configuration, IReadOnlyList<string> names,
        IReadOnlyList<string> arguments) =>
        from section in configuration.GetChildren()
        where section.GetChildren().Any()
            && !names.Append(Logging).Contains(section.Key, StringComparer.OrdinalIgnoreCase)
        where names.Any(name => Spelling.Distance(name, section.Key) <= Misspelt)
            || arguments.Any(argument => argument.StartsWith($"--{section.Key}:", StringComparison.OrdinalIgnoreCase))
        select $"{section.Key} is not a section of the settings.{Spelling.Proposal(section.Key, names)} There are "
            + $"{string.Join(", ", names)} and {Logging}.";

    static string? Problem(string path, string value, IReadOnlyList<Setting> settings)
    {
        if (settings.FirstOrDefault(setting => setting.Fits(path)) is not { } known)
        {
            var advice = Nearest(path, settings) is { } near
                ? $"Did you mean {near}?"
                : $"'worker settings {path.Split(':')[0]}' shows the existing ones.";
            return $"{path} is not a setting. {advice}";
        }
        if (!known.CanRead(value))
            return $"{path} is '{known.Shown(value)}'; allowed: {known.Allowed}.";
        return known.IsNamed && !known.Allows(value) ? $"{path} is {value}; allowed: {known.Allowed}." : null;
    }

    // Compared step by step: in a long path, one wrong word would still look like a near match.
    static string? Nearest(string path, IReadOnlyList<Setting> settings) =>
        settings.Where(setting => setting.IsNear(path)).MinBy(setting => Spelling.Distance(setting.Path, path))?.Path;
}
