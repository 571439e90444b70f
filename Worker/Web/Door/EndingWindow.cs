using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;

namespace OpenAIWorker.Web.Door;

/// <summary>
/// Finds what has ended since the last look. An ending has the time of the worker's clock, and is there when its
/// transaction is: so a time that is past is looked at again and again, and what was seen in it is known.
/// </summary>
sealed class EndingWindow(EndingSearch search, TimeProvider clock)
{
    /// <summary>How late an ending may come, by a clock that is behind or a transaction that waits.</summary>
    public static readonly TimeSpan Latest = TimeSpan.FromSeconds(30);

    // Nearly all come within that; the whole time is looked at now and then.
    static readonly TimeSpan Usually = TimeSpan.FromSeconds(3);
    static readonly TimeSpan WholeEvery = TimeSpan.FromSeconds(5);
    const int PageSize = 1000;

    readonly HashSet<(JobKey Job, DateTimeOffset At)> seen = [];
    readonly Queue<(JobKey Job, DateTimeOffset At)> byAge = [];
    long? whole;
    bool isOpen;

    /// <summary>What has not been seen, the oldest first. What there is at the first look has.</summary>
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
        // A clock that is ahead has its endings in the window for longer.
        while (byAge.TryPeek(out var oldest) && oldest.At < now - 2 * Latest)
            seen.Remove(byAge.Dequeue());
        var isFirst = !isOpen;
        isOpen = true;
        return isFirst ? [] : fresh;
    }

    /// <summary>No one listens: what ends meanwhile is not fresh.</summary>
    public void Close()
    {
        (isOpen, whole) = (false, null);
        seen.Clear();
        byAge.Clear();
    }
}
