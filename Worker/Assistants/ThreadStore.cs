using System.Text.Json;

namespace OpenAIWorker.Assistants;

/// <summary>A turn that is over: what was said, and what the job ended with.</summary>
sealed record StoredTurn(string ThreadId, JsonElement Messages, JsonElement Answer);

/// <summary>Conversations that no provider keeps.</summary>
sealed class ThreadStore(Database database, TimeProvider clock)
{
    /// <summary>What all of them begin with, so that nobody takes one for a provider's.</summary>
    public const string Prefix = "thread_";

    /// <summary>The turn of a job that is done.</summary>
    public Task<StoredTurn?> Find(string credential, string job, CancellationToken cancellation) => database.Read(session => session.Row(
        "SELECT thread_id, messages, answer FROM turns WHERE credential = @credential AND job_id = @job",
        row => new StoredTurn(row.GetString(0), JsonElement.Parse(row.GetString(1)), JsonElement.Parse(row.GetString(2))),
        ("credential", credential), ("job", job)), cancellation);

    /// <summary>What was said so far, turn by turn.</summary>
    public Task<List<JsonElement>> Read(string thread, CancellationToken cancellation) => database.Read(session => session.Rows(
        "SELECT messages FROM turns WHERE thread_id = @thread ORDER BY number", row => JsonElement.Parse(row.GetString(0)), ("thread", thread)), cancellation);

    public Task<bool> Has(string credential, string thread, CancellationToken cancellation) => database.Read(async session => await session.Number(
        "SELECT COUNT(*) FROM threads WHERE id = @thread AND credential = @credential", ("thread", thread), ("credential", credential)) == 1, cancellation);

    /// <summary>
    /// Keeps other jobs out of a thread while a job is in it, so that turns come one after another; makes the thread where there is none.
    /// Null: another job is in it. What a killed worker held is free after a while.
    /// </summary>
    public async Task<HeldThread?> Hold(string credential, string thread, string job, TimeSpan atMost, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var isHeld = await database.Write(async session =>
        {
            await session.Run("INSERT INTO threads (id, credential, created_at) VALUES (@thread, @credential, @now) ON CONFLICT DO NOTHING",
                ("thread", thread), ("credential", credential), ("now", now.ToUnixTimeMilliseconds()));
            return await session.Run(
                "UPDATE threads SET held_by = @job, held_until = @until WHERE id = @thread AND (held_by IS NULL OR held_by = @job OR held_until < @now)",
                ("thread", thread), ("job", job), ("now", now.ToUnixTimeMilliseconds()), ("until", (now + atMost).ToUnixTimeMilliseconds()));
        }, cancellation);
        return isHeld == 1 ? new(this, database, credential, thread, job) : null;
    }

    /// <summary>The job is no longer in the thread.</summary>
    public Task LetGo(string thread, string job, CancellationToken cancellation) => database.Write(session => LetGo(session, thread, job), cancellation);

    /// <inheritdoc cref="LetGo(string, string, CancellationToken)"/>
    public static Task<int> LetGo(Session session, string thread, string job) => session.Run(
        "UPDATE threads SET held_by = NULL, held_until = NULL WHERE id = @thread AND held_by = @job", ("thread", thread), ("job", job));
}
