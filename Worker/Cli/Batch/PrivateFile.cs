namespace OpenAIWorker.Cli.Batch;

/// <summary>Files that hold answers or questions are their owner's alone.</summary>
static class PrivateFile
{
    const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new file that no other process can have open.</summary>
    public static FileStreamOptions New() => Options(FileMode.CreateNew);

    /// <summary>To be made, or gone on with. One that is there keeps its mode.</summary>
    public static FileStreamOptions Options(FileMode mode)
    {
        // Elsewhere than on Windows a lock is advice that only None asks for; others can read all the same.
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None,
            BufferSize = 1 << 16,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        return options;
    }
}
