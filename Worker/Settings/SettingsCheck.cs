using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings;

/// <summary>Names and types of settings, before anything is bound: the binder passes over names that it does not know.</summary>
static class SettingsCheck
{
    /// <exception cref="SettingsException">A setting is unknown, or its value cannot be read.</exception>
    public static void Names(IConfiguration configuration)
    {
        var problems = SettingsCatalog.Names
            .SelectMany(section => configuration.GetSection(section).AsEnumerable())
            .Where(given => given.Value is not null && given.Key.Contains(':', StringComparison.Ordinal))
            .Select(given => Problem(given.Key, given.Value!))
            .OfType<string>()
            .ToList();
        if (problems.Count > 0)
            throw new SettingsException(problems);
    }

    /// <summary>A section as it is before the host is built, for what has to be known by then.</summary>
    public static T Read<T>(this IConfiguration configuration) where T : class, new() =>
        configuration.GetSection(SettingNames.Section(typeof(T))).Get<T>() ?? new();

    static string? Problem(string path, string value)
    {
        if (SettingsCatalog.All.FirstOrDefault(setting => setting.Fits(path)) is not { } known)
            return $"{path} is no setting. Did you mean {SettingsCatalog.All.MinBy(setting => Spelling.Distance(setting.Path, path))!.Path}?";
        return known.CanRead(value) ? null : $"{known.Path} is '{(known.IsSecret ? "set" : value)}', allowed are {known.Allowed}.";
    }
}
