using System.Text.Json;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// The waiting jobs of a <see cref="WaitBook"/>, which locks: by their key, by their id, by their age and by their end.
/// </summary>
sealed class WaitTable
{
    // The limit in bytes, approximately. The oldest are forgotten first: they are delivered first, and end then.
    internal const long Bound = 64 * 1024 * 1024;

    readonly Dictionary<Guid, WaitingJob> jobs = [];
    readonly Dictionary<Guid, WaitingJob> byId = [];
    readonly LinkedList<WaitingJob> byAge = [];
    readonly SortedSet<WaitingJob> byEnd =
        new(Comparer<WaitingJob>.Create((one, other) => (one.End, one.Key).CompareTo((other.End, other.Key))));
    long size;

    public int Count => jobs.Count;

    public WaitingJob? Find(Guid key) => jobs.GetValueOrDefault(key);

    /// <summary>All selected jobs.</summary>
    public IEnumerable<WaitingJob> Of(CancelOrder order) =>
        (order.Target.Job == Guid.Empty ? jobs.Values : OfId(order.Target.Job)).Where(job => order.Means(job.Marks));

    /// <summary>All with the hash of an id.</summary>
    IEnumerable<WaitingJob> OfId(Guid id)
    {
        for (var job = byId.GetValueOrDefault(id); job is not null; job = job.Next)
            yield return job;
    }

    /// <summary>Null: it is known already.</summary>
    public WaitingJob? Add(WaitNote note, JsonElement told)
    {
        if (jobs.ContainsKey(note.Key))
            return null;
        var job = new WaitingJob(note,
            JsonSerializer.SerializeToUtf8Bytes(told))
        { Next = byId.GetValueOrDefault(note.Job) };
        if (job.Next is { } next)
            next.Before = job;
        byId[note.Job] = job;
        jobs.Add(note.Key, job);
        job.Age = byAge.AddLast(job);
        byEnd.Add(job);
        size += job.Size;
        while (size > Bound && byAge.First is { Value: var oldest })
            Remove(oldest.Key);
        return job;
    }

    /// <summary>The next job whose time is over, each once; null if there is none.</summary>
    public WaitingJob? TakeEnded(DateTimeOffset now)
    {
        if (byEnd.Min is not { } first || first.End >= now)
            return null;
        byEnd.Remove(first);
        return first;
    }

    public void Remove(Guid key)
    {
        if (!jobs.Remove(key, out var job))
            return;
        byAge.Remove(job.Age!);
        byEnd.Remove(job);
        size -= job.Size;
        Unlink(job);
    }

    public void Clear()
    {
        jobs.Clear();
        byId.Clear();
        byAge.Clear();
        byEnd.Clear();
        size = 0;
    }

    void Unlink(WaitingJob job)
    {
        if (job.Next is { } next)
            next.Before = job.Before;
        if (job.Before is { } before)
            before.Next = job.Next;
        else if (job.Next is { } first)
            byId[job.Job] = first;
        else
            byId.Remove(job.Job);
    }
}

/// <summary>A job that waits in the broker, as its notes describe it.</summary>
/// <param name="note">The note that it waits.</param>
/// <param name="told">A <see cref="WaitingEnd"/> as JSON.</param>
sealed class WaitingJob(WaitNote note, byte[] told)
{
    internal const int Overhead = 400;

    public Guid Key { get; } = note.Key;

    /// <summary>The hash of its id.</summary>
    public Guid Job => Marks.Job;

    public CancelMarks Marks { get; } = note.Marks;

    public Guid By { get; } = note.By;

    public DateTimeOffset End { get; } = note.End;

    public string? Code { get; } = note.Code;

    public byte[] Told => told;

    public int Size => told.Length + Overhead;

    /// <summary>How many workers have begun to publish its ending.</summary>
    public int Round { get; set; }

    public bool IsCancelled { get; set; }

    /// <summary>When this worker publishes its ending, if no other has.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>Another job with the same id.</summary>
    public WaitingJob? Next { get; set; }

    public WaitingJob? Before { get; set; }

    public LinkedListNode<WaitingJob>? Age { get; set; }
}
