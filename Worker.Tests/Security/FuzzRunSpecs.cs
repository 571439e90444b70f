using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Security.Fuzzing;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// Generated jobs, headers and answers, for some seconds in each run of the tests and longer by hand
/// (<see cref="FuzzPlan"/>). Each delivery ends once or waits in the broker, jobs beside them complete, memory stays
/// bounded, and no exception goes unseen.
/// </summary>
[Collection(nameof(FuzzSpecs))]
public sealed class FuzzSpecs(SharedBroker shared) : IAsyncLifetime
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

    // Both at once, because nothing else runs beside them, and each of them waits much of its time.
    [Fact]
    public async Task Anything_sent_to_a_worker_in_the_process_or_on_a_broker_ends_once_or_waits_and_others_go_on()
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

/// <summary>They measure the memory of the whole process, so they run alone.</summary>
[CollectionDefinition(nameof(FuzzSpecs), DisableParallelization = true)]
public sealed class FuzzRunsAlone;
