using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary>Explains files that cannot be opened.</summary>
static class FileRefusal
{
    /// <exception cref="SettingsException">The file cannot be opened.</exception>
    public static T Of<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception refused) when (Says(path, refused) is { } sentence)
        {
            throw new SettingsException([sentence]);
        }
    }

    static string? Says(string path, Exception refused) => refused switch
    {
        FileNotFoundException => $"There is no file {path}.",
        DirectoryNotFoundException => $"There is no folder for {path}. Create it, or name another file.",
        UnauthorizedAccessException when Directory.Exists(path) => $"{path} is a folder. Name a file.",
        UnauthorizedAccessException => $"Access to {path} is denied: {refused.Message}",
        PathTooLongException or NotSupportedException or ArgumentException =>
            $"'{path}' is not a file name: {refused.Message}",
        IOException => $"{path} cannot be opened: {refused.Message}",
        _ => null,
    };
}
