using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Records.Changes;

namespace OpenAIWorker.Storage.Records;

/// <summary>
/// Writes changes to the database. Endings must reach the disk. Other changes are queued separately, so that claiming a
/// job does not wait for the disk. A job's ending is written after its claim was answered.
/// </summary>
sealed class RecordWriter
{
    readonly RecordLine endings;
    readonly RecordLine others;

    public RecordWriter(Database database, WorkerRegister register, GroupSizes groups, TimeProvider clock)
    {
        var transaction = new RecordTransaction(database, register, clock);
        endings = new(transaction, register, groups, isDurable: true, clock);
        others = new(transaction, register, groups, isDurable: false, clock);
    }

    /// <summary>Completes when nothing is left to write.</summary>
    public Task Idle => Task.WhenAll(endings.Idle, others.Idle);

    public void Write(RecordChange change) => (change.IsDurable ? endings : others).Write(change);
}
