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
    readonly BrokerFixture broker = new(shared);
    readonly FuzzProvider provider = new();

    OpenAIEmulator emulator = null!;

    public async ValueTask InitializeAsync()
    {
        await broker.InitializeAsync();
        emulator = await OpenAIEmulator.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        await emulator.DisposeAsync();
    }

    [Fact]
    public async Task Anything_sent_to_a_worker_in_the_process_ends_once_or_waits_and_others_go_on()
    {
        await using var target = await EmbeddedTarget.Start(FuzzSettings.For(provider, emulator));

        await new FuzzRun(target, provider, FuzzPlan.Of(TimeSpan.FromSeconds(10))).Run();
    }

    [Fact]
    public async Task Anything_sent_to_a_worker_on_a_broker_ends_once_or_waits_and_others_go_on()
    {
        await using var target = await BrokerTarget.Start(broker, FuzzSettings.For(provider, emulator));

        await new FuzzRun(target, provider, FuzzPlan.Of(TimeSpan.FromSeconds(10))).Run();
    }
}

/// <summary>They measure the memory of the whole process, so they run alone.</summary>
[CollectionDefinition(nameof(FuzzSpecs), DisableParallelization = true)]
public sealed class FuzzRunsAlone;
