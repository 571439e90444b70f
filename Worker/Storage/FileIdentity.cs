using System.Runtime.InteropServices;

namespace OpenAIWorker.Storage;

/// <summary>Which file a path leads to. .NET does not tell it, so this asks Linux directly.</summary>
/// <param name="Number">Its inode.</param>
/// <param name="Disk">Its device.</param>
readonly partial record struct FileIdentity(ulong Number, ulong Disk)
{
    // https://man7.org/linux/man-pages/man2/statx.2.html
    const int FromHere = -100;
    const uint NumberOnly = 0x100;
    const int NumberAt = 32;
    const int DiskAt = 136;
    const int StatusSize = 256;

    /// <summary>Null: there is no file, or the system is not Linux.</summary>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> status = stackalloc byte[StatusSize];
        return Status(FromHere, path, 0, NumberOnly, status) == 0
            ? new(BitConverter.ToUInt64(status[NumberAt..]), BitConverter.ToUInt64(status[DiskAt..]))
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, Span<byte> status);
}
