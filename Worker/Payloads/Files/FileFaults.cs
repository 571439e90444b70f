using OpenAIWorker.Storage;

namespace OpenAIWorker.Payloads.Files;

/// <summary>The faults of a folder.</summary>
static class FileFaults
{
    // errno, as .NET reports it: https://man7.org/linux/man-pages/man3/errno.3.html
    const int ReadOnlyDisk = 30;
    const int NotAFolder = 20;
    const int FileExists = 17;

    const string Cure = "Let the worker's user write there, or set Payloads:Folder to another folder.";

    public static StoreFault? Of(Exception broken) => broken switch
    {
        UnauthorizedAccessException => new("the worker may not use its folder or a file there", Cure),
        DirectoryNotFoundException => new("its path is not a folder", Cure),
        PathTooLongException => new("the path of its folder is too long", Cure),
        _ when DiskFaults.IsFull(broken) => StoreFault.Full,
        IOException { HResult: ReadOnlyDisk } => new("its folder is on a disk that is read-only", Cure),
        IOException { HResult: NotAFolder or FileExists } => new("its path is not a folder", Cure),
        IOException => StoreFault.Unreachable,
        _ => null,
    };
}
