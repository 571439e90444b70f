using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings;

/// <summary>The settings in force: those that are given, and the defaults of the others.</summary>
static class EffectiveSettings
{
    public static IEnumerable<(string Path, string Value)> Of(IConfiguration configuration, KnownSettings settings) =>
        from setting in settings.All
        from path in Paths(setting.Path, configuration)
        select (path, setting.Shown(configuration[path]
            ?? Convert.ToString(setting.Default, CultureInfo.InvariantCulture)));

    /// <summary>All paths under which the setting is given, or may be given.</summary>
    public static IEnumerable<string> Paths(string path, IConfiguration configuration) =>
        path.IndexOf(":*", StringComparison.Ordinal) is > 0 and var star
        ? configuration.GetSection(path[..star]).GetChildren()
        .SelectMany(child => Paths(child.Path + path[(star + 2)..], configuration))
        : [path];
}
