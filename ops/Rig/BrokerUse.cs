using System.Globalization;

namespace OpenAIWorker.Rig;

/// <summary>What a broker takes of its machine.</summary>
/// <param name="ProcessorTime">Since its start.</param>
/// <param name="Memory">Bytes that are resident now.</param>
public sealed record BrokerUse(TimeSpan ProcessorTime, long Memory)
{
    // Linux's USER_HZ, which programs see whatever the kernel's own is.
    const double TicksPerSecond = 100;
    const int UserTime = 11;
    const int SystemTime = 12;

    // The lines of /proc/PID/stat and /proc/PID/statm, and the size of a page.
    internal static BrokerUse Of(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 3)
            throw new InvalidOperationException("The container has no process beam.smp.");
        // The name in parentheses may have spaces.
        var stat = lines[0][(lines[0].LastIndexOf(')') + 2)..].Split(' ');
        return new(TimeSpan.FromSeconds((Number(stat[UserTime]) + Number(stat[SystemTime])) / TicksPerSecond),
            Number(lines[1].Split(' ')[1]) * Number(lines[2]));
    }

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
