namespace OpenAIWorker.Storage;

/// <summary>The system's error numbers of a disk, as .NET reports them.</summary>
static class DiskFaults
{
    // https://man7.org/linux/man-pages/man3/errno.3.html; macOS has another EDQUOT.
    const int NoSpace = 28;
    const int QuotaUsedUp = 122;
    const int QuotaUsedUpOnMac = 69;
    const int ReadOnlyDisk = 30;
    const int NotAFolder = 20;
    const int FileExists = 17;

    // https://learn.microsoft.com/windows/win32/debug/system-error-codes
    const int HandleDiskFull = unchecked((int)0x80070027);
    const int DiskFull = unchecked((int)0x80070070);

    /// <summary>Whether there is no room, on the disk or in the user's quota.</summary>
    public static bool IsFull(Exception broken) => broken is IOException && broken.HResult is var number
        && (OperatingSystem.IsWindows() ? number is HandleDiskFull or DiskFull
            : number == NoSpace || number == (OperatingSystem.IsMacOS() ? QuotaUsedUpOnMac : QuotaUsedUp));

    /// <summary>Whether nothing can be written to the disk.</summary>
    public static bool IsReadOnly(Exception broken) => broken is IOException { HResult: ReadOnlyDisk };

    /// <summary>Whether a file is where a folder should be.</summary>
    public static bool IsNoFolder(Exception broken) => broken is IOException { HResult: NotAFolder or FileExists };
}
