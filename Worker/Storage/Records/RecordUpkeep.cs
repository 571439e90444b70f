namespace OpenAIWorker.Storage.Records;

/// <summary>Periodic work for the records.</summary>
sealed class RecordUpkeep(WorkerRegister register, RecordWriter writer, RecordSearch search)
{
    /// <summary>Gives a sign of life, and removes workers that give none.</summary>
    public Task Beat(CancellationToken cancellation) => register.Beat(cancellation);

    /// <summary>Deletes records of jobs that were received, or ended, before a time.</summary>
    public Task<int> Sweep(DateTimeOffset before, CancellationToken cancellation) => search.Sweep(before, cancellation);

    /// <summary>This worker stops: writes the remaining changes, and releases its jobs.</summary>
    public async Task Leave()
    {
        await writer.Idle;
        await register.Leave(CancellationToken.None);
    }
}
