using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Storage.Assistants;

namespace OpenAIWorker.Operations.Assistants.Local;

/// <summary>
/// Lets jobs into a thread one after another, in order of arrival. The next job waits in memory, so that it gets the
/// thread at once; the others wait in the broker, and return every second.
/// </summary>
sealed class ThreadTurns(ThreadStore threads, JobOwners owners, TimeProvider clock)
{
    // The most jobs that wait in memory at once, and for how long: they occupy slots that other jobs could use.
    const int MostHeld = 8;
    static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(4);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    int held;

    /// <summary>The thread, reserved for this job.</summary>
    /// <exception cref="SuspendedException">Another job uses it. This one waits.</exception>
    public async Task<Entry> Enter(MessageAssistant request, string thread, JobState state,
        CancellationToken cancellation)
    {
        var entry = await Try(request, thread, cancellation);
        if (entry.Held is null && state.AwaitsThread)
            entry = await Wait(request, thread, entry, cancellation);
        if (entry.Held is null)
            throw Waits(state, thread, entry.IsNext);
        // It waited without a turn in the limits, and its next step calls the model.
        return state.AwaitsThread
            ? throw new SuspendedException(new(state with { AwaitsThread = false }, TimeSpan.Zero,
                FailureCodes.Conflict, $"Thread {thread} is free."))
            : entry;
    }

    /// <summary>The job is given up: its thread is free for the next one.</summary>
    public Task LetGo(MessageAssistant request, string thread, CancellationToken cancellation) =>
        threads.LetGo(thread, owners.KeyOf(request), cancellation);

    Task<Entry> Try(MessageAssistant request, string thread, CancellationToken cancellation) =>
        threads.Enter(owners.OwnerOf(request), thread, owners.KeyOf(request),
            (request.Timeout ?? CommonCheck.LongestTimeout) + Margin, cancellation);

    async Task<Entry> Wait(MessageAssistant request, string thread, Entry entry, CancellationToken cancellation)
    {
        var begun = clock.GetTimestamp();
        var atMost = request.Timeout / 2 is { } half && half < LongestHold ? half : LongestHold;
        var hasPlace = Interlocked.Increment(ref held) <= MostHeld;
        while (hasPlace && entry is { Held: null, IsNext: true } && clock.GetElapsedTime(begun) < atMost)
        {
            // A cancelled job ends at once: nothing is held here but a place.
            await Task.Delay(Look, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested)
                break;
            entry = await Try(request, thread, cancellation);
        }
        Interlocked.Decrement(ref held);
        return entry;
    }

    // A turn begins when its job is in the thread, and uses the assistant's version of that moment.
    static SuspendedException Waits(JobState state, string thread, bool isNext) => new(
        new(state with { AwaitsThread = true, Assistant = state.Rounds == 0 ? null : state.Assistant },
            isNext ? TimeSpan.Zero : Second, FailureCodes.Conflict,
            $"Another job is using thread {thread}. This one waits for it.")
        { IsNews = !state.AwaitsThread });
}
