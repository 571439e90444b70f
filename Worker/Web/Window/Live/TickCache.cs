using System.Collections.Concurrent;

namespace OpenAIWorker.Web.Window.Live;

/// <summary>
/// What is read for one page serves all that are asked for at about the same time, however many people look.
/// </summary>
sealed class TickCache(TimeProvider clock)
{
    /// <summary>How often what is shown is read anew.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    // Filters are the visitors' to choose.
    const int Most = 200;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, Entry> entries = new();

    /// <summary>What was read under this name not long ago, or what is read now.</summary>
    /// <param name="name">All that decides what is read.</param>
    /// <param name="read">Reads.</param>
    /// <param name="keep">How long it serves; null: a tick.</param>
    /// <exception cref="Exception">The reading fails. Its fault is not kept.</exception>
    public async Task<T> Get<T>(string name, Func<CancellationToken, Task<T>> read, TimeSpan? keep = null)
        where T : class
    {
        if (entries.Count > Most)
            Forget();
        var entry = entries.GetOrAdd(name, _ => new(new(() => Read(read)), clock.GetTimestamp(), keep ?? Tick));
        if (entry.Value.IsValueCreated && IsOver(entry))
        {
            entries.TryRemove(new(name, entry));
            entry = entries.GetOrAdd(name, _ => new(new(() => Read(read)), clock.GetTimestamp(), keep ?? Tick));
        }
        try
        {
            return (T)await entry.Value.Value;
        }
        catch
        {
            entries.TryRemove(new(name, entry));
            throw;
        }
    }

    /// <summary>It is read anew the next time.</summary>
    public void Forget(string name) => entries.TryRemove(name, out _);

    // For all who wait for it, also if one of them goes away.
    static async Task<object> Read<T>(Func<CancellationToken, Task<T>> read) where T : class
    {
        using var timer = new CancellationTokenSource(Longest);
        return await read(timer.Token);
    }

    bool IsOver(Entry entry) => clock.GetElapsedTime(entry.Since) > entry.Keep;

    void Forget()
    {
        foreach (var entry in entries)
        {
            if (IsOver(entry.Value))
                entries.TryRemove(entry);
        }
    }

    sealed record Entry(Lazy<Task<object>> Value, long Since, TimeSpan Keep);
}
