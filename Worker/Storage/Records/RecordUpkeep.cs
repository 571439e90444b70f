namespace OpenAIWorker.Storage.Records;

/// <summary>What is to be done for the records from time to time.</summary>
sealed class RecordUpkeep(WorkerRegister register, RecordWriter writer, RecordSearch search)
{
    /// <summary>This worker lives; those that do not are struck off.</summary>
    public Task Beat(CancellationToken cancellation) => register.Beat(cancellation);

    /// <summary>Deletes what was received, or ended, before.</summary>
    public Task<int> Sweep(DateTimeOffset before, CancellationToken cancellation) => search.Sweep(before, cancellation);

    /// <summary>This worker stops: what it has to write is written, and its jobs are free.</summary>
    public async Task Leave()
    {
        await writer.Idle;
        await register.Leave(CancellationToken.None);
    }
}
