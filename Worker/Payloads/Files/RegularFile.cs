using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenAIWorker.Payloads.Files;

/// <summary>
/// Opens regular files only. Otherwise a user who may write to the folder could make the worker send any file that it
/// can read, with a symbolic link, or block it for ever, with a pipe or a device. .NET follows links and waits for
/// pipes, so this calls the system directly.
/// </summary>
static partial class RegularFile
{
    // https://man7.org/linux/man-pages/man2/open.2.html: does not follow a link, and does not wait for a pipe.
    const int CloseOnExec = 0x80000;
    const int NonBlocking = 0x800;

    const int TooManyLinks = 40;
    const int NoSuchDevice = 6;
    const int NotThere = 2;
    const int NotAFolder = 20;
    const int NoRights = 13;

    // https://man7.org/linux/man-pages/man2/statx.2.html
    const int OfTheHandle = 0x1000;
    const uint TypeOnly = 1;
    const int ModeAt = 28;
    const int StatusSize = 256;
    const int TypeMask = 0xF000;
    const int Regular = 0x8000;

    static readonly int NoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm
        ? 0x8000
        : 0x20000;

    /// <exception cref="NoRegularFileException">It is a link, a folder, a pipe or a device.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static FileStream Open(string path)
    {
        if (!OperatingSystem.IsLinux())
            return OpenElsewhere(path);
        var file = Open(path, NonBlocking | CloseOnExec | NoFollow);
        if (file.IsInvalid)
            throw Failed(path, Marshal.GetLastPInvokeError());
        if (IsRegular(file))
            return new(file, FileAccess.Read, bufferSize: 0, isAsync: false);
        file.Dispose();
        throw new NoRegularFileException();
    }

    static Exception Failed(string path, int error) => error switch
    {
        NotThere or NotAFolder => new FileNotFoundException(null, path),
        TooManyLinks or NoSuchDevice => new NoRegularFileException(),
        NoRights => new UnauthorizedAccessException(Marshal.GetPInvokeErrorMessage(error)),
        _ => new IOException(Marshal.GetPInvokeErrorMessage(error), error),
    };

    static bool IsRegular(SafeFileHandle file)
    {
        Span<byte> status = stackalloc byte[StatusSize];
        return Status(file, "", OfTheHandle, TypeOnly, status) == 0
            && (BitConverter.ToUInt16(status[ModeAt..]) & TypeMask) == Regular;
    }

    // On other systems links are checked first; one may be created between the check and the opening.
    static FileStream OpenElsewhere(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw Directory.Exists(path) ? new NoRegularFileException() : new FileNotFoundException(null, path);
        return file.Attributes.HasFlag(FileAttributes.ReparsePoint) || file.Attributes.HasFlag(FileAttributes.Device)
            ? throw new NoRegularFileException()
            : new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0,
                FileOptions.Asynchronous);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(SafeFileHandle file, string path, int flags, uint mask, Span<byte> status);
}

/// <summary>A payload's id leads to a link, a folder, a pipe or a device.</summary>
sealed class NoRegularFileException : Exception;
