using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace OpenAIWorker.Tools;

/// <summary>
/// Ends a program and all programs that it started. A program leaves its process group and process tree with
/// <c>setsid</c>, or when its parent ends. All of them keep the environment, in which each call has its own mark.
/// </summary>
static class ToolProcesses
{
    public const string Mark = "OPENAI_WORKER_TOOL_RUN";

    // Processes that were started meanwhile are found in the next round.
    const int Rounds = 5;

    public static void End(Process program, string mark)
    {
        Kill(program);
        for (var round = 0; round < Rounds && Marked(mark) is { Count: > 0 } left; round++)
            left.ForEach(Kill);
    }

    static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    // Linux shows a process's environment to its own user. On other systems only the process tree is ended.
    static List<Process> Marked(string mark)
    {
        var wanted = Encoding.ASCII.GetBytes($"{Mark}={mark}");
        return OperatingSystem.IsLinux()
            ? [.. Directory.EnumerateDirectories("/proc").Where(process => HasMark(process, wanted)).Select(ProcessOf)
                .OfType<Process>()]
            : [];
    }

    static bool HasMark(string process, byte[] wanted)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0])
                && File.ReadAllBytes($"{process}/environ").AsSpan().IndexOf(wanted) >= 0;
        }
        catch (Exception foreign) when (foreign is IOException or UnauthorizedAccessException)
        {
            // It belongs to another user, or is gone.
            return false;
        }
    }

    static Process? ProcessOf(string process)
    {
        try
        {
            return Process.GetProcessById(
                int.Parse(Path.GetFileName(process), System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
