using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace OpenAIWorker.Settings;

/// <summary>
/// Checks log levels and the console's format: .NET throws at an unknown level, and ignores an unknown format.
/// </summary>
static class LoggingCheck
{
    const string Levels = "LogLevel";
    const string Format = "Console:FormatterName";

    static readonly string[] Formats =
        [ConsoleFormatterNames.Simple, ConsoleFormatterNames.Systemd, ConsoleFormatterNames.Json];

    public static IEnumerable<string> Problems(IConfigurationSection logging)
    {
        foreach (var (path, value) in logging.AsEnumerable())
            if (value is not null && path.Split(':') is [.., Levels, _] && !Enum.TryParse<LogLevel>(value, true, out _))
                yield return $"{path} is '{value}'; allowed: {string.Join(", ", Enum.GetNames<LogLevel>())}.";
        if (logging[Format] is { } format && !Formats.Contains(format, StringComparer.OrdinalIgnoreCase))
            yield return $"{logging.Path}:{Format} is '{format}'; allowed: {string.Join(", ", Formats)}.";
    }
}
