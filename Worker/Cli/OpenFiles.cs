namespace OpenAIWorker.Cli;

/// <summary>The system's limit of open files.</summary>
static class OpenFiles
{
    public const string Exhausted = "The system does not let this program open more files. Raise the limit, such as ulimit -n 1024, and start it again.";

    const int Some = 8;

    /// <summary>Whether it is reached. What cannot be opened then is blamed on something else: a file that is there is not found.</summary>
    public static bool AreExhausted()
    {
        var opened = new List<FileStream>();
        try
        {
            while (opened.Count < Some)
                opened.Add(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "appsettings.json")));
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        finally
        {
            opened.ForEach(file => file.Dispose());
        }
        return false;
    }
}
