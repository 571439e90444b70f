using System.Collections.Concurrent;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// Recently settled messages, which the broker may deliver again because it did not receive the acknowledgement: a
/// settled message is not called again, and its dead letter is not written twice. The number is limited; the oldest are
/// forgotten first.
/// </summary>
sealed class DeliveryMemory
{
    const int Most = 20_000;

    readonly ConcurrentDictionary<Guid, int> settled = new();
    readonly ConcurrentQueue<Guid> settledByAge = new();
    readonly ConcurrentDictionary<Guid, int> letters = new();

    /// <summary>The message's job has ended, or the message waits elsewhere in the broker.</summary>
    public void Settle(Delivered delivered)
    {
        if (!delivered.IsNamed || !settled.TryAdd(delivered.Key, 1))
            return;
        settledByAge.Enqueue(delivered.Key);
        while (settledByAge.Count > Most && settledByAge.TryDequeue(out var oldest))
            settled.TryRemove(oldest, out _);
    }

    /// <summary>
    /// Whether the message was settled before. A message that is delivered for the first time was sent again, such as a
    /// replayed dead letter.
    /// </summary>
    public bool IsSettled(Delivered delivered, bool isRedelivered)
    {
        if (!isRedelivered)
            settled.TryRemove(delivered.Key, out _);
        return isRedelivered && settled.ContainsKey(delivered.Key);
    }

    /// <summary>The message is in its dead-letter queue, but its ending could not be published yet.</summary>
    public void KeepLetter(Delivered delivered)
    {
        if (letters.Count < Most)
            letters.AddOrUpdate(delivered.Key, 1, (_, before) => before + 1);
    }

    /// <summary>
    /// Whether the message is in its dead-letter queue already. Each letter counts for one returning message.
    /// </summary>
    public bool TakeLetter(Delivered delivered)
    {
        if (!letters.TryGetValue(delivered.Key, out var kept))
            return false;
        if (kept == 1)
            letters.TryRemove(delivered.Key, out _);
        else
            letters[delivered.Key] = kept - 1;
        return true;
    }
}
