using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Delivery.Broker.Watching;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Emulator;
using OpenAIWorker.Health;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Telemetry;

namespace OpenAIWorker.Tests.Delivery.Broker;

/// <summary>A broker that takes no messages.</summary>
public sealed class BrokerAlarmSpecs : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly EventLog events = new();
    OpenAIEmulator emulator = null!;
    IHost host = null!;
    JobClient client = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    BrokerAlarm Alarm => host.Services.GetRequiredService<BrokerAlarm>();

    public async ValueTask InitializeAsync()
    {
        emulator = await OpenAIEmulator.Start();
        host = WorkerHost.Worker([.. TestSettings.For(emulator)]).Build();
        client = new JobClient(host);
        await client.Receive(events.Add, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await emulator.DisposeAsync();
    }

    [Fact]
    public async Task No_call_is_begun_until_it_does()
    {
        Alarm.Raise();
        await client.Send(Busy.Ask("m") with { JobId = "held" }, Cancellation);
        await Eventually.Is(() => Held == 1);
        Assert.Empty(emulator.Calls);

        Alarm.End();

        await events.Ending("held");
        Assert.Single(emulator.Calls);
    }

    [Fact]
    public void Health_says_so()
    {
        Alarm.Raise();

        var report = host.Services.GetRequiredService<HealthReading>().Read();

        Assert.Equal(("unready", "blocked"), (report.Status, report.Broker));
    }

    [Fact]
    public async Task A_stopping_worker_gives_back_what_it_holds()
    {
        Alarm.Raise();
        var held = Alarm.WhenOver(Cancellation);

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.WaitAsync(Patience, Cancellation));
    }

    int Held => host.Services.GetRequiredService<HealthReading>().Read().Limiter.Running;
}
