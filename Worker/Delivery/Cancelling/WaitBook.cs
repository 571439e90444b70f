using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// The jobs that wait in the broker. Every worker reads the same notes in the same order, so all agree on who was
/// first: the worker that received a job, or the worker that was to publish its ending.
/// </summary>
/// <param name="self">This worker.</param>
/// <param name="isCancelled">Whether a job is cancelled.</param>
/// <param name="clock">The clock.</param>
sealed class WaitBook(Guid self, Func<CancelMarks, bool> isCancelled, TimeProvider clock)
{
    // The worker that let the job wait goes first. The others follow, in case it has died.
    internal static readonly TimeSpan OthersAfter = TimeSpan.FromSeconds(2);

    // After this time, a worker that was about to publish an ending is assumed to have died.
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    const int Remembered = 100_000;
    const int EndedAtOnce = 2_000;

    // Spread, so that workers do not act at the same moment.
    readonly TimeSpan othersAfter = OthersAfter * (1 + self.ToByteArray()[0] / (double)byte.MaxValue);
    readonly Lock guard = new();
    readonly WaitTable jobs = new();
    readonly PriorityQueue<Guid, DateTimeOffset> due = new();
    readonly RecentKeys taken = new(Remembered);
    readonly RecentKeys told = new(Remembered);

    /// <summary>The id of this run of this worker.</summary>
    public Guid Self => self;

    /// <summary>The number of known waiting jobs.</summary>
    public int Count
    {
        get
        {
            lock (guard)
                return jobs.Count;
        }
    }

    /// <summary>Reads the next note. The answer is for the worker that wrote it.</summary>
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
                    jobs.Remove(note.Key);
                    told.Add(note.Key, note.By);
                    return default;
                default:
                    return default;
            }
        }
    }

    /// <summary>Jobs were cancelled.</summary>
    public void Cancel(CancelOrder order)
    {
        lock (guard)
        {
            foreach (var waiting in jobs.Of(order))
                Cancel(waiting);
        }
    }

    /// <summary>
    /// The endings to publish now. Their notes must be written first, because a worker may receive the job meanwhile.
    /// </summary>
    public IReadOnlyList<WaitNote> Due()
    {
        var (now, steady, notes) = (clock.GetUtcNow(), Steady.Now(clock), new List<WaitNote>());
        lock (guard)
        {
            while (jobs.TakeEnded(now) is { } over)
                Schedule(over, FirstFor(over));
            while (notes.Count < EndedAtOnce && due.TryPeek(out var key, out var at) && at <= steady)
            {
                due.Dequeue();
                // Postponed since then.
                if (jobs.Find(key) is not { } job || job.Due > steady)
                    continue;
                notes.Add(new(WaitStep.Ends, key)
                {
                    Round = job.Round + 1,
                    Code = job.IsCancelled ? FailureCodes.Cancelled : job.Code
                });
                Schedule(job, Patience);
            }
        }
        return notes;
    }

    /// <summary>Whether the ending of the job was published.</summary>
    public bool IsTold(Guid key)
    {
        lock (guard)
            return told.Contains(key);
    }

    /// <summary>Forgets everything: the notes are read again from the first one.</summary>
    public void Clear()
    {
        lock (guard)
        {
            jobs.Clear();
            due.Clear();
            taken.Clear();
            told.Clear();
        }
    }

    void Add(WaitNote note)
    {
        taken.Remove(note.Key);
        if (note.Told is { } end && !told.Contains(note.Key) && jobs.Add(note, end) is { } job
            && isCancelled(note.Marks))
            Cancel(job);
    }

    // Once a worker is about to publish its ending, a job may no longer be called.
    WaitAnswer Take(WaitNote note)
    {
        if (told.Contains(note.Key))
            return new(WaitState.Told);
        if (jobs.Find(note.Key) is { Round: > 0 })
            return new(WaitState.Ending);
        jobs.Remove(note.Key);
        taken.Add(note.Key, note.By);
        return default;
    }

    WaitAnswer End(WaitNote note)
    {
        if (jobs.Find(note.Key) is not { } job || note.Round != job.Round + 1)
            return default;
        job.Round = note.Round;
        Schedule(job, Patience);
        return new(WaitState.Ending)
        {
            End = JsonSerializer.Deserialize<WaitingEnd>(job.Told, BusJson.Options),
            At = job.End
        };
    }

    void Cancel(WaitingJob job)
    {
        if (job.IsCancelled)
            return;
        job.IsCancelled = true;
        Schedule(job, FirstFor(job));
    }

    TimeSpan FirstFor(WaitingJob job) => job.By == self ? TimeSpan.Zero : othersAfter;

    void Schedule(WaitingJob job, TimeSpan after)
    {
        job.Due = Steady.Now(clock) + after;
        due.Enqueue(job.Key, job.Due);
    }
}
