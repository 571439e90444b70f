using System.Threading.Channels;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;

namespace OpenAIWorker.Web.Door;

/// <summary>Somebody who listens for endings. What he does not take in time he reads from the database.</summary>
/// <param name="wants">Which endings he may and will hear.</param>
sealed class EndingListener(Func<JobRecord, bool> wants)
{
    const int Most = 256;

    readonly Channel<EndedRecord> arrived = Channel.CreateBounded<EndedRecord>(Most);
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What comes into the database after that is handed on.</summary>
    public Task Begun => begun.Task;

    /// <summary>Ends where there were too many at once: some are in the database alone.</summary>
    public ChannelReader<EndedRecord> Arrived => arrived.Reader;

    public void Begin() => begun.TrySetResult();

    public bool Wants(JobRecord record) => wants(record);

    public void Take(EndedRecord ended)
    {
        if (wants(ended.Record) && !arrived.Writer.TryWrite(ended))
            arrived.Writer.TryComplete();
    }
}
