using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings;

/// <summary>What is in force: settings given, and the defaults of the others.</summary>
static class EffectiveSettings
{
    public static IEnumerable<(string Path, string Value)> Of(IConfiguration configuration, KnownSettings settings) =>
        from setting in settings.All
        from path in Paths(setting.Path, configuration)
        select (path, setting.Shown(configuration[path]
            ?? Convert.ToString(setting.Default, CultureInfo.InvariantCulture)));

    /// <summary>Every path under which the setting is given, or may be.</summary>
    public static IEnumerable<string> Paths(string path, IConfiguration configuration) =>
        path.IndexOf(":*", StringComparison.Ordinal) is > 0 and var star
        ? configuration.GetSection(path[..star]).GetChildren()
        .SelectMany(child => Paths(child.Path + path[(star + 2)..], configuration))
        : [path];
}
