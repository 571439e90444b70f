using System.Data.Common;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records.Changes;

/// <summary>A change of one job's record. Many changes share one transaction.</summary>
abstract class RecordChange(JobKey key)
{
    public JobKey Key => key;

    /// <summary>Whether it must survive a power loss.</summary>
    public abstract bool IsDurable { get; }

    /// <summary>Whether it may mean something for a group.</summary>
    public virtual bool MayCount => false;

    /// <summary>Whether it means something for the sums.</summary>
    public virtual bool IsSummed => false;

    /// <summary>What the completed change means for a group; null: nothing.</summary>
    public virtual GroupCount? CountFor(RecordMade made) => null;

    /// <summary>What a written ending adds to the sums; null: nothing.</summary>
    public virtual EndedSum? SumFor(RecordMade made) => null;

    /// <summary>
    /// The change as a row of an insert; null if it has <see cref="Statements"/> instead. A returned row means that the
    /// change was made: <see cref="RecordMade"/>.
    /// </summary>
    public virtual (Insert Insert, object?[] Values)? Row => null;

    /// <summary>The change as statements, each of which returns rows.</summary>
    public virtual IReadOnlyList<Statement> Statements => [];

    /// <summary>Reads the record if the change was not made; null if that does not matter.</summary>
    public virtual Statement? Look => null;

    /// <summary>The change is in the database, or <paramref name="seen"/> prevented it.</summary>
    public abstract void Done(RecordMade? made, RecordSeen? seen);

    /// <summary>The database refused the change.</summary>
    public abstract void Fail(Exception broken);

    protected Statement Found => new(
        "SELECT operation, request_hash, state, changed_at, ended_at, ending_key, ending FROM job_records WHERE "
            + "job_id = @job AND tenant = @tenant",
        ("job", key.Id), ("tenant", key.Tenant));

    /// <summary>Reads the result of <see cref="Look"/>.</summary>
    public static RecordSeen Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        !row.IsDBNull(4),
        row.IsDBNull(6) ? null : new(row.GetFieldValue<byte[]>(6), row.IsDBNull(5) ? null : row.GetString(5)));
}

/// <summary>
/// The row of a completed change: <c>job_id, tenant</c>; for claims and endings <c>group_id, endings</c>; for endings
/// <c>model, credential</c>; and for claims <c>step, progress_key, progress</c>.
/// </summary>
sealed record RecordMade(JobKey Key, string? Group, long Endings)
{
    public string? Model { get; init; }

    public string Credential { get; init; } = "";

    /// <summary>The number of steps behind the job.</summary>
    public long Step { get; init; }

    public SealedContent? Progress { get; init; }

    public static RecordMade Read(DbDataReader row)
    {
        var key = new JobKey(row.GetString(0), row.GetString(1));
        return row.FieldCount switch
        {
            2 => new(key, null, 0),
            7 => new(key, Text(row, 2), row.GetInt64(3))
            {
                Step = row.GetInt64(4),
                Progress = row.IsDBNull(6) ? null : new(row.GetFieldValue<byte[]>(6), Text(row, 5)),
            },
            // What follows is for the server's sums.
            _ => new(key, Text(row, 2), row.GetInt64(3)) { Model = Text(row, 4), Credential = row.GetString(5) },
        };
    }

    static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>A record that prevented a change.</summary>
sealed record RecordSeen(
    string Operation, string RequestHash, string State, DateTimeOffset ChangedAt, bool HasEnded, SealedContent? Ending);
