using System.Text.Json;

namespace OpenAIWorker.Assistants;

/// <summary>A thread that one job is in; disposed, it is free for the next.</summary>
sealed class HeldThread(Database database, string credential, string thread, string job) : IAsyncDisposable
{
    /// <summary>Adds the job's turn, unless it is there.</summary>
    public Task Add(JsonElement messages, JsonElement answer, CancellationToken cancellation) => database.Write(session => session.Run(
        """
        INSERT INTO turns (credential, job_id, thread_id, number, messages, answer)
        SELECT @credential, @job, @thread, COALESCE(MAX(number), 0) + 1, @messages, @answer FROM turns WHERE thread_id = @thread
        ON CONFLICT DO NOTHING
        """,
        ("credential", credential), ("job", job), ("thread", thread), ("messages", messages.GetRawText()), ("answer", answer.GetRawText())), cancellation);

    // Not cancelled with the job: a thread that stays held would hold up the next.
    public async ValueTask DisposeAsync() => await database.Write(session => session.Run(
        "UPDATE threads SET held_by = NULL, held_until = NULL WHERE id = @thread AND held_by = @job", ("thread", thread), ("job", job)), CancellationToken.None);
}
