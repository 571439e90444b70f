using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary>A file that the command line names.</summary>
static class GivenFile
{
    /// <exception cref="SettingsException">The file does not exist, or may not be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception broken) when (broken is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsException([$"There is no file {path}."]);
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw new SettingsException([$"{path} is a folder. Name a file."]);
        }
        catch (Exception broken) when (
            broken is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingsException([$"The file {path} cannot be read: {FileRefusal.Reason(broken)}."]);
        }
    }
}
