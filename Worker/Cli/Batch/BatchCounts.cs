namespace OpenAIWorker.Cli.Batch;

/// <summary>How a batch stands. Written by many, read by the display.</summary>
sealed class BatchCounts
{
    long succeeded, failed, sent, strays;

    /// <summary>Lines in all; null when that is not known.</summary>
    public long? Total { get; set; }

    /// <summary>Lines that an earlier run had brought to an end.</summary>
    public long Skipped { get; set; }

    public long Succeeded => Interlocked.Read(ref succeeded);

    public long Failed => Interlocked.Read(ref failed);

    public long Ended => Succeeded + Failed;

    /// <summary>Jobs that are with the broker or the worker and have no ending yet.</summary>
    public long Waiting => Math.Max(0, Interlocked.Read(ref sent) - Ended);

    /// <summary>Events of jobs that this run did not wait for: copies, mostly.</summary>
    public long Strays => Interlocked.Read(ref strays);

    public void Sent() => Interlocked.Increment(ref sent);

    public void EndedAs(bool success) => Interlocked.Increment(ref success ? ref succeeded : ref failed);

    public void Bad()
    {
        Sent();
        EndedAs(success: false);
    }

    public void Stray() => Interlocked.Increment(ref strays);
}
