using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;

namespace OpenAIWorker.Web.Door;

/// <summary>
/// Finds what has ended since the last query. An ending has the time of its worker's clock, and is visible when its
/// transaction is committed. So recent times are queried again and again, and endings that were already seen are
/// skipped.
/// </summary>
sealed class EndingWindow(EndingSearch search, TimeProvider clock)
{
    /// <summary>How late an ending may become visible, because of a slow clock or a slow transaction.</summary>
    public static readonly TimeSpan Latest = TimeSpan.FromSeconds(30);

    // Nearly all arrive within this time; the whole window is queried only now and then.
    static readonly TimeSpan Usually = TimeSpan.FromSeconds(3);
    static readonly TimeSpan WholeEvery = TimeSpan.FromSeconds(5);
    const int PageSize = 1000;

    readonly HashSet<(JobKey Job, DateTimeOffset At)> seen = [];
    readonly Queue<(JobKey Job, DateTimeOffset At)> byAge = [];
    long? whole;
    bool isOpen;

    /// <summary>New endings, the oldest first. Endings that exist at the first query count as seen.</summary>
    public async Task<List<JobRecord>> Fresh(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var isWhole = !isOpen || whole is not { } last || clock.GetElapsedTime(last) > WholeEvery;
        var fresh = new List<JobRecord>();
        await foreach (var record in search.From(now - (isWhole ? Latest : Usually), PageSize, cancellation))
            if (seen.Add((record.Key, record.EndedAt!.Value)))
            {
                byAge.Enqueue((record.Key, record.EndedAt.Value));
                fresh.Add(record);
            }
        if (isWhole)
            whole = clock.GetTimestamp();
        // A worker whose clock is ahead keeps its endings in the window for longer.
        while (byAge.TryPeek(out var oldest) && oldest.At < now - 2 * Latest)
            seen.Remove(byAge.Dequeue());
        var isFirst = !isOpen;
        isOpen = true;
        return isFirst ? [] : fresh;
    }

    /// <summary>No listener is left: endings from now on are not remembered as new.</summary>
    public void Close()
    {
        (isOpen, whole) = (false, null);
        seen.Clear();
        byAge.Clear();
    }
}
