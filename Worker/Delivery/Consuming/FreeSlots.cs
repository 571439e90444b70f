namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// Gives slots in the order in which they were asked for. If <see cref="DeliveryOptions.Prefetch"/> is larger than the
/// concurrency, nearly every job waits here; a semaphore allocates 1 KB for a wait that two tokens may end.
/// </summary>
sealed class FreeSlots
{
    readonly Lock guard = new();
    readonly Queue<TaskCompletionSource> waiting = new();
    readonly CancellationToken stopping;
    int free;

    public FreeSlots(int number, CancellationToken stopping)
    {
        (free, this.stopping) = (number, stopping);
        // A stopping worker returns jobs at once if their calls have not begun.
        stopping.UnsafeRegister(static slots => ((FreeSlots)slots!).Stop(), this);
    }

    public async ValueTask Take(CancellationToken cancellation)
    {
        if (Place() is { } place)
        {
            await using var leaving = cancellation.UnsafeRegister(
                static (place, token) => ((TaskCompletionSource)place!).TrySetCanceled(token), place);
            await place.Task;
        }
    }

    public void Give()
    {
        lock (guard)
        {
            while (waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                    return;
            }
            free++;
        }
    }

    // Null: one is free, and taken.
    TaskCompletionSource? Place()
    {
        lock (guard)
        {
            if (free > 0)
            {
                free--;
                return null;
            }
            stopping.ThrowIfCancellationRequested();
            var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(place);
            return place;
        }
    }

    void Stop()
    {
        lock (guard)
        {
            while (waiting.TryDequeue(out var next))
                next.TrySetCanceled(stopping);
        }
    }
}
