using OpenAIWorker.Storage;

namespace OpenAIWorker.Payloads.Files;

/// <summary>The faults of a folder.</summary>
static class FileFaults
{
    const string Cure = "Let the worker's user write there, or set Payloads:Folder to another folder.";

    public static StoreFault? Of(Exception broken) => broken switch
    {
        UnauthorizedAccessException => new("the worker may not use its folder or a file there", Cure),
        DirectoryNotFoundException => new("its path is not a folder", Cure),
        PathTooLongException => new("the path of its folder is too long", Cure),
        _ when DiskFaults.IsFull(broken) => StoreFault.Full,
        _ when DiskFaults.IsReadOnly(broken) => new("its folder is on a disk that is read-only", Cure),
        _ when DiskFaults.IsNoFolder(broken) => new("its path is not a folder", Cure),
        IOException => StoreFault.Unreachable,
        _ => null,
    };
}
