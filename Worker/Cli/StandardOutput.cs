using Microsoft.Win32.SafeHandles;

namespace OpenAIWorker.Cli;

/// <summary>
/// Standard output whose reader may go away. .NET's own stream says nothing then, and what is written is lost.
/// </summary>
static class StandardOutput
{
    const int Descriptor = 1;

    static readonly IReadOnlyList<string> Names = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

    /// <summary>Whether a file's name on the command line means it.</summary>
    public static bool IsMeantBy(string? name) => Names.Contains(name);

    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        try
        {
            var pipe = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write,
                bufferSize: 0);
            // Of a file, only .NET's own stream leaves the place to the system, so that others who write to it go on
            // behind what is written here.
            return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.OpenStandardOutput();
        }
    }
}
