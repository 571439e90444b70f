using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Counts;

/// <summary>The workers in the register, including those that were just killed.</summary>
sealed class WorkerList(Database database)
{
    public Task<List<RegisteredWorker>> Read(CancellationToken cancellation) => database.Read(session =>
        session.Rows("SELECT id, host, started_at, status FROM workers ORDER BY started_at, id",
            row => new RegisteredWorker(row.GetString(0), row.GetString(1), JobRecord.Time(row, 2)!.Value,
                row.IsDBNull(3) ? null : row.GetString(3))), cancellation);
}

/// <summary>A worker in the register.</summary>
/// <param name="Id">Its own id, new at each start.</param>
/// <param name="Host">Its machine.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Status">Its last status: <see cref="IWorkerStatus"/>.</param>
sealed record RegisteredWorker(string Id, string Host, DateTimeOffset StartedAt, string? Status);
