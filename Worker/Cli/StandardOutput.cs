using Microsoft.Win32.SafeHandles;

namespace OpenAIWorker.Cli;

/// <summary>
/// Standard output whose reader may disconnect. .NET's own stream reports no error then, and output is lost.
/// </summary>
static class StandardOutput
{
    const int Descriptor = 1;

    static readonly IReadOnlyList<string> Names = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

    /// <summary>Whether a file name on the command line means standard output.</summary>
    public static bool IsMeantBy(string? name) => Names.Contains(name);

    /// <exception cref="IOException">It is closed.</exception>
    public static Stream Open()
    {
        ClosedStreams.NeedOutput();
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        try
        {
            var pipe = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write,
                bufferSize: 0);
            // For a file, only .NET's own stream leaves the position to the system, so that other writers append after
            // this output.
            return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.OpenStandardOutput();
        }
    }
}
