using System.Text.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Assistants;

/// <summary>A thread that one job is in; disposed, it is free for the next.</summary>
sealed class HeldThread(ThreadStore threads, Database database, string credential, string thread, string job) : IAsyncDisposable
{
    bool goesOn;

    /// <summary>Adds the job's turn, unless it is there, and lets the thread go with it: a database that fails between the two would hold it up.</summary>
    public async Task Add(JsonElement messages, JsonElement answer, CancellationToken cancellation)
    {
        await database.Write(async session =>
        {
            await session.Run(
                """
                INSERT INTO turns (credential, job_id, thread_id, number, messages, answer)
                SELECT @credential, @job, @thread, COALESCE(MAX(number), 0) + 1, @messages, @answer FROM turns WHERE thread_id = @thread
                ON CONFLICT DO NOTHING
                """,
                ("credential", credential), ("job", job), ("thread", thread), ("messages", messages.GetRawText()), ("answer", answer.GetRawText()));
            return await ThreadStore.LetGo(session, thread, job);
        }, cancellation);
        goesOn = true;
    }

    /// <summary>Runs a step. A job that has more of them keeps the thread until the last.</summary>
    public async Task<T> Through<T>(Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception left) when (left is SuspendedException or UnkeptException)
        {
            goesOn = true;
            throw;
        }
    }

    // Not cancelled with the job: a thread that stays held would hold up the next. A store that is away frees it when its time is over.
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!goesOn)
                await threads.LetGo(thread, job, CancellationToken.None);
        }
        catch (FailureException)
        {
            // What led here is what is told.
        }
    }
}
