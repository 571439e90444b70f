using System.Data.Common;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records;

/// <summary>A change of one job's record. Many go to the database in one transaction.</summary>
abstract class RecordChange(JobKey key)
{
    public JobKey Key => key;

    /// <summary>Whether it must outlive a machine that loses its power.</summary>
    public abstract bool IsDurable { get; }

    /// <summary>What the change, where it was made, comes to for a group; null: nothing.</summary>
    public virtual GroupCount? CountFor(RecordMade made) => null;

    /// <summary>What an ending that was made adds to the sums; null: nothing.</summary>
    public virtual EndedSum? SumFor(RecordMade made) => null;

    /// <summary>Each gives rows. A row of the first says that the change was made: <see cref="RecordMade"/>.</summary>
    public abstract IReadOnlyList<Statement> Statements { get; }

    /// <summary>Reads the record where the change was not made; null where that is of no interest.</summary>
    public virtual Statement? Look => null;

    /// <summary>The change is in the database, or <paramref name="seen"/> stood in its way.</summary>
    public abstract void Done(bool isMade, RecordSeen? seen);

    /// <summary>The database did not take it.</summary>
    public abstract void Fail(Exception broken);

    protected Statement Found => new(
        "SELECT operation, request_hash, state, changed_at, ended_at, ending_key, ending FROM job_records WHERE "
            + "job_id = @job AND tenant = @tenant",
        ("job", key.Id), ("tenant", key.Tenant));

    /// <summary>What <see cref="Look"/> found.</summary>
    public static RecordSeen Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        !row.IsDBNull(4),
        row.IsDBNull(6) ? null : new(row.GetFieldValue<byte[]>(6), row.IsDBNull(5) ? null : row.GetString(5)));
}

/// <summary>
/// What the row of a change that was made tells: <c>job_id</c>, of claims and endings <c>group_id, endings</c>, and of
/// endings <c>model, credential</c>.
/// </summary>
sealed record RecordMade(string? Group, long Endings)
{
    static readonly RecordMade Bare = new(null, 0);

    public string? Model { get; init; }

    public string Credential { get; init; } = "";

    public static RecordMade Read(DbDataReader row) => row.FieldCount switch
    {
        1 => Bare,
        3 => new(Text(row, 1), row.GetInt64(2)),
        _ => new(Text(row, 1), row.GetInt64(2)) { Model = Text(row, 3), Credential = row.GetString(4) },
    };

    static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>A record that stood in a change's way.</summary>
sealed record RecordSeen(
    string Operation, string RequestHash, string State, DateTimeOffset ChangedAt, bool HasEnded, SealedContent? Ending);
