using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OpenAIWorker.Cli;

/// <summary>
/// Standard streams that are closed when the program starts, as by <c>2&gt;&amp;-</c>. .NET would throw at each use,
/// and a file that is opened later would get the stream's number, and with it the text meant for the stream.
/// </summary>
static partial class ClosedStreams
{
    const string Device = "/dev/null";
    const string Reason = "Bad file descriptor";
    const int Input = 0;
    const int Output = 1;
    const int Error = 2;

    // Of <fcntl.h>, the same in all systems.
    const int GetDescriptorFlags = 1;
    const int GetStatusFlags = 3;
    const int CloseOnExec = 1;
    const int AccessMode = 3;
    const int ReadOnly = 0;
    const int WriteOnly = 1;

    static SafeFileHandle? nothing;

    /// <summary>Whether there is a standard input.</summary>
    public static bool HasInput { get; private set; } = true;

    /// <summary>Whether there is a standard output.</summary>
    public static bool HasOutput { get; private set; } = true;

    /// <summary>
    /// What is written to a closed standard error is ignored; writing to a closed standard output fails.
    /// </summary>
    public static void Replace()
    {
        if (OperatingSystem.IsWindows())
            return;
        (HasInput, HasOutput) = (!IsClosed(Input, WriteOnly), !IsClosed(Output, ReadOnly));
        var hasError = !IsClosed(Error, ReadOnly);
        if (HasInput && HasOutput && hasError)
            return;
        Hold();
        if (!HasOutput)
            Console.SetOut(new Unwritable());
        if (!hasError)
            Console.SetError(TextWriter.Null);
    }

    /// <exception cref="IOException">Standard output is closed.</exception>
    public static void NeedOutput()
    {
        if (!HasOutput)
            throw new IOException(Reason);
    }

    // The runtime may have opened something under the number already. Unlike what a program inherits, that is closed
    // for its children.
    static bool IsClosed(int number, int unfit) =>
        Control(number, GetDescriptorFlags) is var flags && (flags < 0 || (flags & CloseOnExec) != 0)
            || (Control(number, GetStatusFlags) & AccessMode) == unfit;

    static void Hold()
    {
        try
        {
            // Otherwise .NET would lock the device.
            nothing = File.OpenHandle(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return;
        }
        foreach (var number in (int[])[Input, Output, Error])
        {
            if (Control(number, GetDescriptorFlags) < 0)
                _ = Duplicate(nothing, number);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int number, int command);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(SafeFileHandle file, int number);

    sealed class Unwritable : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException(Reason);
    }
}
