using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Payloads;

public sealed class SweeperSpecs : IDisposable
{
    readonly PayloadFolder folder = new();
    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Payload_is_removed_when_it_was_kept_for_long_enough()
    {
        await folder.Store.Put("p-old", new MemoryStream([1]), TestContext.Current.CancellationToken);
        using var sweeper = Sweeper();
        await sweeper.StartAsync(TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(1));
        Assert.Equal(["p-old"], folder.Files);

        clock.Advance(TimeSpan.FromHours(2));
        await Eventually.Is(() => folder.Files is []);
        await sweeper.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Dispose();

    Sweeper Sweeper() => new(folder.Store, new OptionsWrapper<PayloadsOptions>(folder.Options), clock, NullLogger<Sweeper>.Instance);
}
