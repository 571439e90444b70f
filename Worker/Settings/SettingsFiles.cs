using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Settings;

/// <summary>
/// Files of settings: one beside the program, and one that the operator names. None is taken from the working directory: who wrote that folder could
/// send the environment's key to another host, or name programs to run.
/// </summary>
static class SettingsFiles
{
    /// <summary>Names a file on the command line: <c>--settings FILE</c>.</summary>
    public const string Word = "--settings";

    /// <summary>Names a file in the environment.</summary>
    public const string Variable = "WORKER_SETTINGS";

    const string Beside = "appsettings.json";

    /// <summary>Adds the file beside the program, then the one that is named; the command line overrides the environment.</summary>
    /// <exception cref="SettingsException">The named file is not there, or a file cannot be read.</exception>
    public static void AddFiles(this IConfigurationBuilder configuration, IReadOnlyList<string> arguments)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, Beside);
        if (File.Exists(beside))
            configuration.Add(beside, "beside the program");
        if (arguments.LastOrDefault(IsWord) is { } given)
            configuration.Add(given[(Word.Length + 1)..], Word);
        else if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable)
            configuration.Add(variable, Variable);
    }

    /// <summary>Whether an argument names a file, as <c>--settings=FILE</c>.</summary>
    public static bool IsWord(string argument) => argument.StartsWith($"{Word}=", StringComparison.Ordinal);

    static void Add(this IConfigurationBuilder configuration, string path, string namedBy)
    {
        try
        {
            // Read here: a provider of files would take one whose name begins with a dot for absent.
            using var file = File.OpenRead(path);
            configuration.AddJsonStream(file);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException([$"The settings file '{path}' ({namedBy}) cannot be read: {Why(broken)} Name a JSON file that the worker's user may read."]);
        }
        catch (Exception unfit) when (unfit is JsonException or FormatException or InvalidDataException)
        {
            throw new SettingsException([$"The settings file '{path}' ({namedBy}) is no JSON object of settings: {unfit.Message}"]);
        }
    }

    static string Why(Exception broken) => broken switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
        _ => broken.Message,
    };
}
