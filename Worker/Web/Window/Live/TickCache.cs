using System.Collections.Concurrent;

namespace OpenAIWorker.Web.Window.Live;

/// <summary>
/// Shares what is read for one page with all requests at about the same time, however many people look.
/// </summary>
sealed class TickCache(TimeProvider clock)
{
    /// <summary>How often the data are read again.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    // Visitors choose the filters, so the number of entries is limited.
    const int Most = 200;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, Entry> entries = new();

    /// <summary>A recent result for this name, or a new one.</summary>
    /// <param name="name">A key with everything on which the result depends.</param>
    /// <param name="read">Reads the result.</param>
    /// <param name="keep">How long the result is used; null: one tick.</param>
    /// <exception cref="Exception">The reading fails. A failure is not cached.</exception>
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

    /// <summary>Discards a result, so that it is read again.</summary>
    public void Forget(string name) => entries.TryRemove(name, out _);

    // Shared by everybody who waits for it, even if one of them leaves.
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
