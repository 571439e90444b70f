namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// Keys, each with the last worker that wrote it. The number is limited; the oldest are forgotten first.
/// </summary>
/// <param name="most">The limit.</param>
sealed class RecentKeys(int most)
{
    readonly Dictionary<Guid, Guid> keys = [];
    readonly Queue<Guid> byAge = [];

    public bool Contains(Guid key) => keys.ContainsKey(key);

    /// <summary>The worker that wrote it; an empty id if the key is unknown.</summary>
    public Guid? By(Guid key) => keys.TryGetValue(key, out var by) ? by : null;

    public void Add(Guid key, Guid by)
    {
        if (keys.TryAdd(key, by))
            byAge.Enqueue(key);
        else
            keys[key] = by;
        while (byAge.Count > most)
            keys.Remove(byAge.Dequeue());
    }

    public void Remove(Guid key) => keys.Remove(key);

    public void Clear()
    {
        keys.Clear();
        byAge.Clear();
    }
}
