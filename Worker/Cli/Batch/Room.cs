namespace OpenAIWorker.Cli.Batch;

/// <summary>
/// The window of jobs that are sent and have not ended. When it is full, the sender waits until an eighth of it is free
/// again: it would otherwise be woken for every job that ends.
/// </summary>
sealed class Room(int most)
{
    const int Part = 8;

    readonly Lock guard = new();
    TaskCompletionSource? space;
    int taken;

    /// <summary>Takes a place once there is one. Called by one sender.</summary>
    public Task Enter(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Task free;
        lock (guard)
        {
            taken++;
            if (taken <= most)
                return Task.CompletedTask;
            space = new(TaskCreationOptions.RunContinuationsAsynchronously);
            free = space.Task;
        }
        return free.WaitAsync(cancellation);
    }

    /// <summary>A job has ended.</summary>
    public void Leave()
    {
        lock (guard)
        {
            taken--;
            // The waiting job has its place already.
            if (space is null || taken > Math.Max(1, most - most / Part))
                return;
            space.SetResult();
            space = null;
        }
    }
}
