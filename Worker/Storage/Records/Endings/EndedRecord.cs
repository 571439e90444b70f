using System.Data.Common;

namespace OpenAIWorker.Storage.Records.Endings;

/// <summary>A job that has ended, with its ending.</summary>
/// <param name="Record">Its record.</param>
/// <param name="Ending">The ending's event.</param>
sealed record EndedRecord(JobRecord Record, SealedContent? Ending)
{
    const int EndingKey = JobRecord.ColumnCount;

    public static EndedRecord Read(DbDataReader row) => new(JobRecord.Read(row),
        row.IsDBNull(EndingKey + 1)
            ? null
            : new(row.GetFieldValue<byte[]>(EndingKey + 1), row.IsDBNull(EndingKey) ? null : row.GetString(EndingKey)));
}
