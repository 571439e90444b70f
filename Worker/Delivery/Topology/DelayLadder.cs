using System.Numerics;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Delays in the broker without a plugin: level k is a queue that holds a message for 2^k seconds and passes it down.
/// The routing key carries a bit for each level, highest first, and then the destination; a message stops only at the
/// levels whose bit is 1. Each queue has one time to live, so no message ever waits behind one with a longer delay.
/// </summary>
sealed class DelayLadder(QueueNames topology)
{
    /// <summary>17 levels reach 36 h; a longer wait climbs again.</summary>
    public const int Levels = 17;

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds((1L << Levels) - 1);

    /// <summary>The queue of a level, and the exchange before it.</summary>
    public string Level(int level) => $"{topology.Ladder}.{level:00}";

    /// <summary>The exchange behind the lowest level, where the destinations are bound.</summary>
    public string Foot => $"{topology.Ladder}.done";

    /// <summary>
    /// The exchange to which level k passes its messages: those that skip the level, and those that have waited there.
    /// </summary>
    public string Below(int level) => level == 0 ? Foot : Level(level - 1);

    /// <summary>The keys of messages that stop at a level, or that pass it.</summary>
    public static string Pattern(int level, bool stops) =>
        $"{string.Concat(Enumerable.Repeat("*.", Levels - 1 - level))}{(stops ? 1 : 0)}.#";

    /// <summary>The keys of messages for a queue, after any delay.</summary>
    public static string PatternFor(string queue) => $"#.{queue}";

    /// <summary>
    /// The exchange and key with which a message reaches the queue after the delay: never earlier, up to a second
    /// later.
    /// </summary>
    public (string Exchange, string RoutingKey) Route(TimeSpan delay, string queue)
    {
        var seconds = (ulong)Math.Ceiling(Math.Clamp(delay.TotalSeconds, 1, Longest.TotalSeconds));
        var top = BitOperations.Log2(seconds);
        var bits = Enumerable.Range(0, Levels).Select(step => (seconds >> (Levels - 1 - step)) & 1);
        return (Level(top), $"{string.Join('.', bits)}.{queue}");
    }
}
