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
        UnauthorizedAccessException =>
            $"Access to {path} is denied. Let this user read and write it, or name another file.",
        PathTooLongException or NotSupportedException or ArgumentException =>
            $"'{path}' is not a file name: {refused.Message}",
        IOException => $"{path} cannot be opened: {Reason(refused)}.",
        _ => null,
    };

    /// <summary>Why, for a sentence that names the file already: .NET adds its whole path, such as
    /// <c>No space left on device : '/data/results.jsonl'</c>.</summary>
    public static string Reason(Exception refused)
    {
        var words = (refused is UnauthorizedAccessException { InnerException: { } cause } ? cause : refused).Message
            .ReplaceLineEndings(" ").TrimEnd('.');
        return words.EndsWith('\'') && words.LastIndexOf(" : '", StringComparison.Ordinal) is > 0 and var end
            ? words[..end]
            : words;
    }
}
