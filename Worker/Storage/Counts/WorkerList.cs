using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Counts;

/// <summary>The workers of the register, those included that have just been killed.</summary>
sealed class WorkerList(Database database)
{
    public Task<List<RegisteredWorker>> Read(CancellationToken cancellation) => database.Read(session =>
        session.Rows("SELECT id, host, started_at, status FROM workers ORDER BY started_at, id",
            row => new RegisteredWorker(row.GetString(0), row.GetString(1), JobRecord.Time(row, 2)!.Value,
                row.IsDBNull(3) ? null : row.GetString(3))), cancellation);
}

/// <summary>A worker that is in the register.</summary>
/// <param name="Id">Its own, new at each start.</param>
/// <param name="Host">Its machine.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Status">What it last wrote of itself: <see cref="IWorkerStatus"/>.</param>
sealed record RegisteredWorker(string Id, string Host, DateTimeOffset StartedAt, string? Status);
