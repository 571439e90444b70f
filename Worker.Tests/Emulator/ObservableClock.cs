using Microsoft.Extensions.Time.Testing;

namespace OpenAIWorker.Tests.Emulator;

/// <summary>A fake clock that shows when somebody waits for it, so that no test moves it too early.</summary>
sealed class ObservableClock : FakeTimeProvider
{
    readonly TaskCompletionSource waited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task FirstWait => waited.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        waited.TrySetResult();
        return timer;
    }
}
