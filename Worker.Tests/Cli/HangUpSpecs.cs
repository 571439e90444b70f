using System.Diagnostics;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli;

/// <summary>A worker whose terminal is closed finishes its calls first.</summary>
public sealed class HangUpSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_stops_in_order()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "env --default-signal is Linux's.");
        using var process = Process.Start(new ProcessStartInfo("env",
        [
            "--default-signal=HUP", "dotnet", WorkerProgram.Path, $"--Broker:Uri={broker.Uri}",
            $"--Broker:Prefix={broker.CommonPrefix()}", .. TestSettings.For(null),
            "--Logging:LogLevel:Default=Information",
        ])
        { RedirectStandardError = true })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        var (said, line) = (new List<string>(), "");
        while (!line.Contains("takes jobs from", StringComparison.Ordinal))
            said.Add(line = await process.StandardError.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException(string.Join('\n', said)));

        using (var kill = Process.Start("kill", ["-HUP", $"{process.Id}"]))
            await kill.WaitForExitAsync(patience.Token);
        var rest = await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("Stopped", rest, StringComparison.Ordinal);
    }
}
