using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Assistants;

/// <summary>A thread that one job uses. Disposing frees it for the next job.</summary>
sealed class HeldThread(ThreadStore threads, Database database, string credential, string thread, string job)
    : IAsyncDisposable
{
    bool goesOn;

    /// <summary>
    /// Adds the job's turn, unless it is there, and releases the thread in the same transaction: a failure between the
    /// two would block the thread.
    /// </summary>
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
                ("credential", credential), ("job", job), ("thread", thread), ("messages", messages.GetRawText()),
                ("answer", answer.GetRawText()));
            return await ThreadStore.LetGo(session, thread, job);
        }, cancellation);
        goesOn = true;
    }

    /// <summary>
    /// Runs a step. A job with several steps keeps the thread until the last one. A failed job may have been answered
    /// nevertheless: it keeps the thread for its next attempt, so that no other job's messages come between.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="state">The state after a failed step.</param>
    /// <param name="keepsTurns">Whether the turn is stored here, not by the provider: then the step is not over before
    /// it is stored.</param>
    public async Task<T> Through<T>(Func<Task<T>> step, JobState state, bool keepsTurns = true)
    {
        try
        {
            return await step();
        }
        catch (Exception left) when (left is SuspendedException or OperationCanceledException || keepsTurns
            && left is UnkeptException)
        {
            goesOn = true;
            throw;
        }
        catch (FailureException failed) when (failed.Failure.Kind != FailureKind.Permanent)
        {
            goesOn = true;
            throw failed.State is null ? new FailureException(failed.Failure, failed) { State = state } : failed;
        }
    }

    // Not cancelled with the job, because a thread that stays reserved would block the next job. An unavailable store
    // frees it when its time is over.
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!goesOn)
                await threads.LetGo(thread, job, CancellationToken.None);
        }
        catch (FailureException)
        {
            // The original failure is reported.
        }
    }
}
