namespace OpenAIWorker.Cli;

/// <summary>
/// The system's limit of open files. At the limit not even an error message can be shown, because the code that writes
/// it is loaded from files. So a few handles are held back until they are needed.
/// </summary>
sealed class OpenFiles : IDisposable
{
    public const string Exhausted =
        "The system does not let this program open more files. Raise the limit, such as ulimit -n 1024, and start it "
            + "again.";

    const int Spare = 16;

    readonly List<FileStream> held = Open();

    /// <summary>
    /// Whether the limit is reached. Failures are then blamed on something else: an existing file is not found.
    /// </summary>
    public static bool AreExhausted()
    {
        var opened = Open();
        opened.ForEach(file => file.Dispose());
        return opened.Count < Spare && File.Exists(Path.Combine(AppContext.BaseDirectory, "appsettings.json"));
    }

    public void Dispose()
    {
        held.ForEach(file => file.Dispose());
        held.Clear();
    }

    static List<FileStream> Open()
    {
        var opened = new List<FileStream>();
        try
        {
            while (opened.Count < Spare)
                opened.Add(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "appsettings.json")));
        }
        catch (IOException)
        {
            // No more can be opened.
        }
        return opened;
    }
}
