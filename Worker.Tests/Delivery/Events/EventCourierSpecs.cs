using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Tests.Delivery.Events;

/// <summary>A worker that stops finishes what it is telling: another one would tell it a second time.</summary>
public sealed class EventCourierSpecs : IDisposable
{
    readonly EventCourier courier = new(Options.Create(new BrokerOptions()),
        new EventInbox(), null!, null!, TimeProvider.System, NullLogger<EventCourier>.Instance);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_waits_until_what_was_published_is_noted()
    {
        TaskCompletionSource published = new(), noted = new();
        await courier.StartAsync(Cancellation);
        courier.Send(OutgoingEvent.Inside([]), sent: () =>
        {
            published.SetResult();
            return noted.Task;
        });
        await published.Task.WaitAsync(Cancellation);

        var stop = courier.StopAsync(Cancellation);

        Assert.False(stop.IsCompleted);
        noted.SetResult();
        await stop;
    }

    [Fact]
    public async Task What_was_given_before_a_stop_is_published()
    {
        var published = 0;
        for (var number = 0; number < 1000; number++)
            courier.Send(OutgoingEvent.Inside([]), sent: () =>
            {
                Interlocked.Increment(ref published);
                return Task.CompletedTask;
            });

        await courier.StartAsync(Cancellation);
        await courier.StopAsync(Cancellation);

        Assert.Equal(1000, published);
    }

    public void Dispose() => courier.Dispose();
}
