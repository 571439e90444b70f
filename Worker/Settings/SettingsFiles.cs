using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings;

/// <summary>
/// The settings files: one beside the program, and one that the operator names. None is read from the working
/// directory: a person who can write there could send the environment's key to another host, or name programs to run.
/// </summary>
static class SettingsFiles
{
    /// <summary>Names a file on the command line: <c>--settings FILE</c>.</summary>
    public const string Word = "--settings";

    /// <summary>Names a file in the environment.</summary>
    public const string Variable = "WORKER_SETTINGS";

    const string Beside = "appsettings.json";

    /// <summary>
    /// Adds the file beside the program, then the named one; the command line overrides the environment.
    /// </summary>
    /// <exception cref="SettingsException">The named file does not exist, or a file cannot be read.</exception>
    public static void AddFiles(this IConfigurationBuilder configuration, IReadOnlyList<string> arguments)
    {
        configuration.Add(new SettingsFile(Path.Combine(AppContext.BaseDirectory, Beside), "beside the program",
            mayMiss: true));
        if (arguments.LastOrDefault(IsWord) is { } given)
            configuration.Add(new SettingsFile(given[(Word.Length + 1)..], Word));
        else if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable)
            configuration.Add(new SettingsFile(variable, Variable));
    }

    /// <summary>The files of a configuration.</summary>
    public static IReadOnlyList<SettingsFile> Of(IConfiguration configuration) =>
        [.. ((IConfigurationRoot)configuration).Providers.OfType<SettingsFile>()];

    /// <summary>Whether an argument names a file, as <c>--settings=FILE</c>.</summary>
    public static bool IsWord(string argument) => argument.StartsWith($"{Word}=", StringComparison.Ordinal);
}
