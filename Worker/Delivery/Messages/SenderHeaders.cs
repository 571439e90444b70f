using System.Text;
using OpenAIWorker.Delivery.DeadLetters;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// The sender's headers that a job keeps when it waits or becomes a dead letter. All headers of a message share one
/// AMQP frame of 128 KB. A sender that filled it would leave no room for the worker's own headers, and the broker
/// closes the connection of a client that sends more.
/// </summary>
static class SenderHeaders
{
    /// <summary>In addition to a job's state, which may be several times as long.</summary>
    const int Room = 16 * 1024;

    const int Number = 16;

    // A frame has room for 26,000 nested lists, which no stack can process.
    const int Deepest = 16;

    /// <summary>The headers that fit. The worker's own are written after them.</summary>
    public static Dictionary<string, object?> Of(IDictionary<string, object?>? received)
    {
        var (kept, room) = (new Dictionary<string, object?>(), Room);
        foreach (var (name, value) in received ?? kept)
        {
            var size = SizeOf(name, value);
            if (BrokerHeaders.Contains(name) || name.StartsWith(DeadLetterHeaders.Own, StringComparison.Ordinal)
                || size > room)
                continue;
            room -= size;
            kept.Add(name, value);
        }
        return kept;
    }

    static int SizeOf(string name, object? value, int depth = 0) =>
        Encoding.UTF8.GetByteCount(name) + SizeOf(value, depth);

    static int SizeOf(object? value, int depth) => value switch
    {
        byte[] bytes => bytes.Length + Number,
        string text => Encoding.UTF8.GetByteCount(text) + Number,
        IDictionary<string, object?> or IEnumerable<object?> when depth == Deepest => Room + 1,
        IDictionary<string, object?> table => Number + table.Sum(pair => SizeOf(pair.Key, pair.Value, depth + 1)),
        IEnumerable<object?> list => Number + list.Sum(entry => SizeOf(entry, depth + 1)),
        _ => Number,
    };
}
