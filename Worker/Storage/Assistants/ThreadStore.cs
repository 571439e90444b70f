using System.Text.Json;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Assistants;

/// <summary>A completed turn: its messages, and the job's ending.</summary>
sealed record StoredTurn(string ThreadId, JsonElement Messages, JsonElement Answer);

/// <summary>The result of a job's attempt to enter a thread.</summary>
/// <param name="Held">The thread, if the job has it.</param>
/// <param name="WasHere">Whether the job held it before, and no other job did since then.</param>
/// <param name="IsNext">Whether the job must wait, and is the first of those that do.</param>
sealed record Entry(HeldThread? Held, bool WasHere, bool IsNext);

/// <summary>Conversations that no provider stores, and the order of jobs in these and others.</summary>
sealed class ThreadStore(Database database, TimeProvider clock)
{
    /// <summary>The prefix of their ids, which distinguishes them from a provider's.</summary>
    public const string Prefix = "thread_";

    /// <summary>The turn of a completed job.</summary>
    public Task<StoredTurn?> Find(string credential, string job, CancellationToken cancellation) =>
        database.Read(session => session.Row(
        "SELECT thread_id, messages, answer FROM turns WHERE credential = @credential AND job_id = @job",
        row =>
            new StoredTurn(row.GetString(0), JsonElement.Parse(row.GetString(1)), JsonElement.Parse(row.GetString(2))),
        ("credential", credential), ("job", job)), cancellation);

    /// <summary>The messages so far, turn by turn.</summary>
    public Task<List<JsonElement>> Read(string thread, CancellationToken cancellation) =>
        database.Read(session => session.Rows(
        "SELECT messages FROM turns WHERE thread_id = @thread ORDER BY number",
        row => JsonElement.Parse(row.GetString(0)), ("thread", thread)), cancellation);

    public Task<bool> Has(string credential, string thread, CancellationToken cancellation) =>
        database.Read(async session => await session.Number(
        "SELECT COUNT(*) FROM threads WHERE id = @thread AND credential = @credential", ("thread", thread),
        ("credential", credential)) == 1, cancellation);

    /// <summary>Creates a thread that only its owner may continue.</summary>
    public Task<int> Make(string credential, string thread, CancellationToken cancellation) =>
        database.Write(session => Make(session, credential, thread), cancellation);

    /// <summary>
    /// Reserves a thread for a job, so that turns follow one after another; creates the thread if there is none. Null:
    /// another job has it, or came before. A killed worker's reservation ends after a while.
    /// </summary>
    public async Task<HeldThread?> Hold(string credential, string thread, string job, TimeSpan atMost,
        CancellationToken cancellation) =>
        (await Enter(credential, thread, job, atMost, cancellation)).Held;

    /// <summary>The same. A job that must wait gets a place in the queue, and learns whether it is the next.</summary>
    public Task<Entry> Enter(string credential, string thread, string job, TimeSpan atMost,
        CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return database.Write(async session =>
        {
            await Make(session, credential, thread);
            var holder = await session.Row("SELECT held_by, held_until FROM threads WHERE id = @thread",
                row => row.IsDBNull(0) || row.GetInt64(1) < now.ToUnixTimeMilliseconds()
                    ? new Holder(null)
                    : new Holder(row.GetString(0)), ("thread", thread));
            var wasHere = holder!.Job == job;
            // A job that has not asked for this time is gone, or its worker is: the others continue.
            var next = await session.Row(
                "SELECT job_id FROM thread_waits WHERE thread_id = @thread AND seen_at > @alive ORDER BY number "
                    + "LIMIT 1",
                row => row.GetString(0), ("thread", thread), ("alive", (now - Gone).ToUnixTimeMilliseconds()));
            if (!wasHere && (holder.Job is not null || next is not null && next != job))
            {
                await Wait(session, thread, job, now);
                return new Entry(null, false, next is null || next == job);
            }
            await Leave(session, thread, job);
            await session.Run("UPDATE threads SET held_by = @job, held_until = @until WHERE id = @thread",
                ("thread", thread), ("job", job), ("until", (now + atMost).ToUnixTimeMilliseconds()));
            return new Entry(new(this, database, credential, thread, job), wasHere, false);
        }, cancellation);
    }

    /// <summary>The job is no longer in the thread.</summary>
    public Task LetGo(string thread, string job, CancellationToken cancellation) =>
        database.Write(session => LetGo(session, thread, job), cancellation);

    /// <inheritdoc cref="LetGo(string, string, CancellationToken)"/>
    public static async Task<int> LetGo(Session session, string thread, string job)
    {
        await Leave(session, thread, job);
        return await session.Run(
            "UPDATE threads SET held_by = NULL, held_until = NULL WHERE id = @thread AND held_by = @job",
            ("thread", thread), ("job", job));
    }

    Task<int> Make(Session session, string credential, string thread) => session.Run(
        "INSERT INTO threads (id, credential, created_at) VALUES (@thread, @credential, @now) ON CONFLICT DO NOTHING",
        ("thread", thread), ("credential", credential), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));

    static async Task Wait(Session session, string thread, string job, DateTimeOffset now)
    {
        await session.Run("DELETE FROM thread_waits WHERE seen_at < @old",
            ("old", (now - Forgotten).ToUnixTimeMilliseconds()));
        await session.Run(
            """
            INSERT INTO thread_waits (thread_id, job_id, number, seen_at)
            SELECT @thread, @job, COALESCE(MAX(number), 0) + 1, @now FROM thread_waits WHERE thread_id = @thread
            ON CONFLICT (thread_id, job_id) DO UPDATE SET seen_at = @now
            """,
            ("thread", thread), ("job", job), ("now", now.ToUnixTimeMilliseconds()));
    }

    static Task<int> Leave(Session session, string thread, string job) =>
        session.Run("DELETE FROM thread_waits WHERE thread_id = @thread AND job_id = @job", ("thread", thread),
            ("job", job));

    // Waiting jobs ask every second.
    static readonly TimeSpan Gone = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    sealed record Holder(string? Job);
}
