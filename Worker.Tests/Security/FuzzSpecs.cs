using System.Diagnostics;
using OpenAIWorker.Tests.Broker;

namespace OpenAIWorker.Tests.Security;

/// <summary>Runs <see cref="FuzzRunSpecs"/> in a process of its own, so that other tests can run meanwhile.</summary>
public sealed class FuzzSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anything_sent_to_a_worker_in_the_process_or_on_a_broker_ends_once_or_waits_and_others_go_on()
    {
        using var run = Process.Start(new ProcessStartInfo("dotnet",
            [typeof(FuzzRunSpecs).Assembly.Location, "-noLogo", "-noColor", "-noAutoReporters", "-showLiveOutput",
                "-explicit", "only", "-class", typeof(FuzzRunSpecs).FullName!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BROKER"] = "uri", ["RABBITMQ_URI"] = broker.Uri.OriginalString },
        })!;
        var said = await run.Output().WaitAsync(Cancellation);
        await run.WaitForExitAsync(Cancellation);

        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.True(run.ExitCode == 0, said);
        Assert.Contains("Total: 1", said, StringComparison.Ordinal);
    }
}
