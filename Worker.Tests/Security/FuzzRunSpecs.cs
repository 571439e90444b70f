using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Security.Fuzzing;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// Generated jobs, headers and answers. Each delivery ends once or waits in the broker, jobs beside them complete,
/// memory stays bounded, and no exception goes unseen. The last two concern the whole process, so this runs alone:
/// <see cref="FuzzSpecs"/> starts it for some seconds in each run of the tests, and a person by hand for longer
/// (<see cref="FuzzPlan"/>).
/// </summary>
public sealed class FuzzRunSpecs(SharedBroker shared) : IAsyncLifetime
{
    static readonly TimeSpan Usual = TimeSpan.FromSeconds(12);

    readonly BrokerFixture broker = new(shared);
    readonly (FuzzProvider Inside, FuzzProvider OnBroker) providers = (new(), new());

    OpenAIEmulator emulator = null!;

    public async ValueTask InitializeAsync()
    {
        await broker.InitializeAsync();
        emulator = await OpenAIEmulator.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await providers.Inside.DisposeAsync();
        await providers.OnBroker.DisposeAsync();
        await emulator.DisposeAsync();
    }

    // Both at once, because each of them waits much of its time.
    [Fact(Explicit = true)]
    public async Task Anything_sent_ends_once_or_waits_and_others_go_on()
    {
        await using var inside = await EmbeddedTarget.Start(FuzzSettings.For(providers.Inside, emulator));
        var run = new FuzzRun(inside, providers.Inside, FuzzPlan.Of(Usual)).Run();
        if (broker.IsThere)
        {
            await using var onBroker = await BrokerTarget.Start(broker, FuzzSettings.For(providers.OnBroker, emulator));
            await Task.WhenAll(run, new FuzzRun(onBroker, providers.OnBroker, FuzzPlan.Of(Usual)).Run());
        }
        await run;
        // Without a broker this skips the test, or fails it.
        Assert.NotNull(broker.Uri);
    }
}
