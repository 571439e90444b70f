using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Storage;

/// <summary>
/// Payloads with an unusable folder. A file stands in its place, because users like root may write into any folder.
/// </summary>
public sealed class FolderSpecs : IDisposable
{
    readonly PayloadFolder home = new();

    string Folder => Path.Combine(home.Path, "below");

    [Fact]
    public async Task A_folder_that_cannot_be_written_costs_no_call_and_names_the_cure()
    {
        await File.WriteAllTextAsync(Folder, "", TestContext.Current.CancellationToken);
        await using var worker = await Start();

        var failures = new[] { await worker.Failure(Messages.Image), await worker.Failure(Messages.Speech) };

        Assert.All(failures, failure =>
            Assert.Equal((FailureCodes.StoreRefused, FailureKind.Permanent, Remedy.Operator, 1),
                (failure.Code, failure.Kind, failure.Remedy, failure.Attempts)));
        Assert.All(failures, failure =>
            Assert.EndsWith("or set Payloads:Folder to another folder.", failure.Message, StringComparison.Ordinal));
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task A_paid_result_waits_for_a_folder_that_refuses_too()
    {
        await using var worker = await Start();

        var speech = worker.Answer(Messages.Speech);
        await Eventually.Is(() => worker.Emulator.Bill.Calls == 1);
        Directory.Delete(Folder, recursive: true);
        await File.WriteAllTextAsync(Folder, "", TestContext.Current.CancellationToken);
        // The first check is after the call, the second a second later.
        await Task.WhenAny(speech, Task.Delay(TimeSpan.FromMilliseconds(600), TestContext.Current.CancellationToken));
        File.Delete(Folder);

        Assert.NotNull((await speech).Audio!.Payload);
        Assert.Equal(1, worker.Emulator.Bill.Calls);
    }

    public void Dispose() => home.Dispose();

    Task<EmbeddedWorker> Start() => EmbeddedWorker.Start(
        new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(300) }, $"--Payloads:Folder={Folder}",
        "--Payloads:InlineLimit=10");
}
