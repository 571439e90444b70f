namespace OpenAIWorker.Cli.Batch;

/// <summary>Files with questions or answers, which only their owner may read.</summary>
static class PrivateFile
{
    const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new file that no other process can have open.</summary>
    public static FileStreamOptions New() => Options(FileMode.CreateNew);

    /// <summary>Options to create a file, or to continue one. An existing file keeps its mode.</summary>
    public static FileStreamOptions Options(FileMode mode)
    {
        // Except on Windows, locks are advisory and only FileShare.None takes one; other programs can still read.
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
