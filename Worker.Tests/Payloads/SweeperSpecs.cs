using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Payloads;

public sealed class SweeperSpecs : IAsyncLifetime
{
    readonly PayloadFolder folder = new();
    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    readonly SweptStore store;
    readonly Sweeper sweeper;

    public SweeperSpecs()
    {
        store = new(folder.Store);
        sweeper = new(new(store), new OptionsWrapper<PayloadsOptions>(folder.Options), clock,
            NullLogger<Sweeper>.Instance);
    }

    public async ValueTask InitializeAsync() =>
        await folder.Store.Put("p-old", new MemoryStream([1]), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Payload_is_removed_when_it_was_kept_for_long_enough()
    {
        await Start();

        await Sweep(after: TimeSpan.FromDays(7) - TimeSpan.FromHours(1));
        Assert.Equal(["p-old"], folder.Files);

        await Sweep(after: TimeSpan.FromHours(2));
        Assert.Empty(folder.Files);
    }

    public static TheoryData<Exception> Faults =>
        [new IOException("The disk is away."), new Amazon.S3.AmazonS3Exception("Slow down"),
            new InvalidOperationException(), new OperationCanceledException()];

    [Theory, MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Store_that_fails_in_any_way_is_swept_the_next_time(Exception fault)
    {
        (store.IsAway, store.Fault) = (true, fault);
        await Start();

        store.IsAway = false;
        await Sweep(after: TimeSpan.FromDays(8));

        Assert.Empty(folder.Files);
    }

    public async ValueTask DisposeAsync()
    {
        await sweeper.StopAsync(CancellationToken.None);
        sweeper.Dispose();
        folder.Dispose();
    }

    // The first sweep is at the start.
    async Task Start()
    {
        await sweeper.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.Is(() => store.Sweeps == 1);
    }

    async Task Sweep(TimeSpan after)
    {
        var sweeps = store.Sweeps;
        clock.Advance(after);
        await Eventually.Is(() => store.Sweeps > sweeps);
    }

    sealed class SweptStore(IPayloadStore store) : IPayloadStore
    {
        public bool IsAway { get; set; }

        public Exception Fault { get; set; } = new IOException("The disk is away.");

        public Task Try(CancellationToken cancellation) => store.Try(cancellation);

        public int Sweeps { get; private set; }

        public async Task<Swept> DeleteOlderThan(DateTimeOffset time, CancellationToken cancellation)
        {
            var away = IsAway;
            var removed = await store.DeleteOlderThan(away ? DateTimeOffset.MinValue : time, cancellation);
            Sweeps++;
            return away ? throw Fault : removed;
        }

        public Task Put(string id, Stream content, CancellationToken cancellation) =>
            store.Put(id, content, cancellation);

        public Task<StoredPayload?> Open(string id, CancellationToken cancellation) => store.Open(id, cancellation);

        public Task Delete(string id, CancellationToken cancellation) => store.Delete(id, cancellation);
    }
}
