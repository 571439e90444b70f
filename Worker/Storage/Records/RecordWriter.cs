using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Records.Changes;

namespace OpenAIWorker.Storage.Records;

/// <summary>
/// Writes changes to the database. Where transactions can run side by side, endings, which must reach the disk, have a
/// line of their own, so that a claim does not wait for the disk. Otherwise one line writes everything in half as many
/// transactions. A job's ending is written after its claim was answered.
/// </summary>
sealed class RecordWriter
{
    readonly RecordLine endings;
    readonly RecordLine others;

    public RecordWriter(Database database, WorkerRegister register, GroupSizes groups, TimeProvider clock)
    {
        var transaction = new RecordTransaction(database, register, clock);
        endings = new(transaction, register, groups, mixesKinds: database.WritesInTurn);
        others = database.WritesInTurn ? endings : new(transaction, register, groups, mixesKinds: false);
    }

    /// <summary>Completes when nothing is left to write.</summary>
    public Task Idle => Task.WhenAll(endings.Idle, others.Idle);

    public void Write(RecordChange change) => (change.IsDurable ? endings : others).Write(change);
}
