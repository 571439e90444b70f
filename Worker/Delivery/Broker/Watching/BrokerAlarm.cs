using Microsoft.Extensions.Hosting;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Broker.Watching;

/// <summary>
/// Whether the broker accepts no messages, because its memory or disk is full. The endings of calls made meanwhile
/// could not be published.
/// </summary>
sealed class BrokerAlarm
{
    readonly IHostApplicationLifetime host;
    TaskCompletionSource? on;

    public BrokerAlarm(IHostApplicationLifetime host, WorkerMeter worker)
    {
        this.host = host;
        worker.Meter.CreateObservableGauge("openai_worker.broker.blocked", () => IsOn ? 1d : 0, "{connection}",
            "1 while the broker accepts no messages, because its memory or disk is full; else 0");
    }

    public bool IsOn => Volatile.Read(ref on) is not null;

    /// <returns>Whether the state changed.</returns>
    public bool Raise() =>
        Interlocked.CompareExchange(ref on, new(TaskCreationOptions.RunContinuationsAsynchronously), null) is null;

    /// <returns>Whether the state changed.</returns>
    public bool End()
    {
        var over = Interlocked.Exchange(ref on, null);
        over?.SetResult();
        return over is not null;
    }

    /// <summary>
    /// Completes when the broker accepts messages. A stopping worker returns jobs whose calls have not begun.
    /// </summary>
    /// <exception cref="OperationCanceledException">The job is cancelled, or the worker stops.</exception>
    public async Task WhenOver(CancellationToken stop)
    {
        while (Volatile.Read(ref on) is { } alarm)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, host.ApplicationStopping);
            await alarm.Task.WaitAsync(ending.Token);
        }
    }
}
