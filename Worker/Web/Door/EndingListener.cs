using System.Threading.Channels;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;

namespace OpenAIWorker.Web.Door;

/// <summary>
/// Someone who listens for endings. Endings that they do not take in time they must read from the database.
/// </summary>
/// <param name="wants">Which endings they may and want to receive.</param>
sealed class EndingListener(Func<JobRecord, bool> wants)
{
    const int Most = 256;

    readonly Channel<EndedRecord> arrived = Channel.CreateBounded<EndedRecord>(Most);
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when listening starts: later endings are passed on.</summary>
    public Task Begun => begun.Task;

    /// <summary>Completes when too many arrived at once: some must be read from the database.</summary>
    public ChannelReader<EndedRecord> Arrived => arrived.Reader;

    public void Begin() => begun.TrySetResult();

    public bool Wants(JobRecord record) => wants(record);

    public void Take(EndedRecord ended)
    {
        if (wants(ended.Record) && !arrived.Writer.TryWrite(ended))
            arrived.Writer.TryComplete();
    }
}
