using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// The jobs that wait in the broker. Every worker reads the same notes in the same order, so all come to the same answer to who was first: the
/// worker that took a job up, or the one that was to tell its ending.
/// </summary>
/// <param name="self">This worker.</param>
/// <param name="isCancelled">Whether the job with this hash of its id is cancelled.</param>
/// <param name="clock">The clock.</param>
sealed class WaitBook(Guid self, Func<Guid, bool> isCancelled, TimeProvider clock)
{
    // In bytes, about. The oldest are forgotten first: they come up first, and are told then.
    internal const long Bound = 64 * 1024 * 1024;
    internal const int Overhead = 350;

    // Whoever put the job to wait goes first; it may have died.
    internal static readonly TimeSpan OthersAfter = TimeSpan.FromSeconds(2);

    // So long after that a worker that was about to tell an ending has died over it.
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    const int Remembered = 100_000;
    const int EndedAtOnce = 2_000;

    // Not all at the same moment.
    readonly TimeSpan othersAfter = OthersAfter * (1 + self.ToByteArray()[0] / (double)byte.MaxValue);
    readonly Lock guard = new();
    readonly Dictionary<Guid, Waiting> jobs = [];
    readonly Dictionary<Guid, Waiting> byId = [];
    readonly LinkedList<Waiting> byAge = [];
    readonly SortedSet<Waiting> byEnd = new(Comparer<Waiting>.Create((one, other) => (one.End, one.Key).CompareTo((other.End, other.Key))));
    readonly PriorityQueue<Guid, DateTimeOffset> due = new();
    readonly RecentKeys taken = new(Remembered);
    readonly RecentKeys told = new(Remembered);
    long size;

    /// <summary>This run of this worker, as the others know it.</summary>
    public Guid Self => self;

    /// <summary>How many jobs wait, as far as they are known.</summary>
    public int Count
    {
        get
        {
            lock (guard)
                return jobs.Count;
        }
    }

    /// <summary>The next note. What it came to is for the worker that wrote it.</summary>
    public WaitAnswer Read(WaitNote note)
    {
        lock (guard)
        {
            switch (note.Step)
            {
                case WaitStep.Waits when !taken.Contains(note.Key):
                case WaitStep.WaitsAgain when taken.By(note.Key) == note.By:
                    Add(note);
                    return default;
                case WaitStep.Taken:
                    return Take(note);
                case WaitStep.Ends:
                    return End(note);
                case WaitStep.Told:
                    Remove(note.Key);
                    told.Add(note.Key, note.By);
                    return default;
                default:
                    return default;
            }
        }
    }

    /// <summary>The job with this hash of its id was cancelled.</summary>
    public void Cancel(Guid job)
    {
        lock (guard)
        {
            for (var waiting = byId.GetValueOrDefault(job); waiting is not null; waiting = waiting.Next)
                Cancel(waiting);
        }
    }

    /// <summary>Endings that are to be told now: notes to be written first, since somebody may take the job up meanwhile.</summary>
    public IReadOnlyList<WaitNote> Due()
    {
        var (now, steady, notes) = (clock.GetUtcNow(), Steady.Now(clock), new List<WaitNote>());
        lock (guard)
        {
            while (byEnd.Min is { } first && first.End < now)
            {
                byEnd.Remove(first);
                Schedule(first, FirstFor(first));
            }
            while (notes.Count < EndedAtOnce && due.TryPeek(out var key, out var at) && at <= steady)
            {
                due.Dequeue();
                // Put off since.
                if (!jobs.TryGetValue(key, out var job) || job.Due > steady)
                    continue;
                notes.Add(new(WaitStep.Ends, key) { Round = job.Round + 1, Code = job.IsCancelled ? FailureCodes.Cancelled : job.Code });
                Schedule(job, Patience);
            }
        }
        return notes;
    }

    /// <summary>Whether the ending of the job was told.</summary>
    public bool IsTold(Guid key)
    {
        lock (guard)
            return told.Contains(key);
    }

    /// <summary>The notes are read from the first one again.</summary>
    public void Clear()
    {
        lock (guard)
        {
            jobs.Clear();
            byId.Clear();
            byAge.Clear();
            byEnd.Clear();
            due.Clear();
            taken.Clear();
            told.Clear();
            size = 0;
        }
    }

    void Add(WaitNote note)
    {
        taken.Remove(note.Key);
        if (note.Told is not { } end || told.Contains(note.Key) || jobs.ContainsKey(note.Key))
            return;
        var job = new Waiting(note, JsonSerializer.SerializeToUtf8Bytes(end)) { Next = byId.GetValueOrDefault(note.Job) };
        if (job.Next is { } next)
            next.Before = job;
        byId[note.Job] = job;
        jobs.Add(note.Key, job);
        job.Age = byAge.AddLast(job);
        byEnd.Add(job);
        size += job.Size;
        while (size > Bound && byAge.First is { Value: var oldest })
            Remove(oldest.Key);
        if (isCancelled(note.Job))
            Cancel(job);
    }

    // Once somebody is about to tell its ending, a job may not be called any more.
    WaitAnswer Take(WaitNote note)
    {
        if (told.Contains(note.Key))
            return new(WaitState.Told);
        if (jobs.TryGetValue(note.Key, out var job) && job.Round > 0)
            return new(WaitState.Ending);
        Remove(note.Key);
        taken.Add(note.Key, note.By);
        return default;
    }

    WaitAnswer End(WaitNote note)
    {
        if (!jobs.TryGetValue(note.Key, out var job) || note.Round != job.Round + 1)
            return default;
        job.Round = note.Round;
        Schedule(job, Patience);
        return new(WaitState.Ending) { End = JsonSerializer.Deserialize<WaitingEnd>(job.Told, BusJson.Options), At = job.End };
    }

    void Cancel(Waiting job)
    {
        if (job.IsCancelled)
            return;
        job.IsCancelled = true;
        Schedule(job, FirstFor(job));
    }

    TimeSpan FirstFor(Waiting job) => job.By == self ? TimeSpan.Zero : othersAfter;

    void Schedule(Waiting job, TimeSpan after)
    {
        job.Due = Steady.Now(clock) + after;
        due.Enqueue(job.Key, job.Due);
    }

    void Remove(Guid key)
    {
        if (!jobs.Remove(key, out var job))
            return;
        byAge.Remove(job.Age!);
        byEnd.Remove(job);
        size -= job.Size;
        Unlink(job);
    }

    void Unlink(Waiting job)
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

    sealed class Waiting(WaitNote note, byte[] told)
    {
        public Guid Key { get; } = note.Key;

        public Guid Job { get; } = note.Job;

        public Guid By { get; } = note.By;

        public DateTimeOffset End { get; } = note.End;

        public string? Code { get; } = note.Code;

        public byte[] Told => told;

        public int Size => told.Length + Overhead;

        public int Round { get; set; }

        public bool IsCancelled { get; set; }

        /// <summary>When this worker tells its ending, if no other has.</summary>
        public DateTimeOffset Due { get; set; }

        /// <summary>Another job of the same id.</summary>
        public Waiting? Next { get; set; }

        public Waiting? Before { get; set; }

        public LinkedListNode<Waiting>? Age { get; set; }
    }
}

/// <summary>What a note came to.</summary>
/// <param name="State">How the job stands.</param>
readonly record struct WaitAnswer(WaitState State)
{
    /// <summary>Where the note was the first: what is to be told.</summary>
    public WaitingEnd? End { get; init; }

    /// <summary>When the job's time was over.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>How a job that comes up stands.</summary>
enum WaitState
{
    /// <summary>Whoever has it may call it.</summary>
    Free,

    /// <summary>Somebody is about to tell its ending.</summary>
    Ending,

    /// <summary>Its ending was told.</summary>
    Told,
}
