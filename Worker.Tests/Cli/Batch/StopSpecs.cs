using OpenAIWorker.Cli;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class StopSpecs : IDisposable
{
    readonly BatchScene scene = new();

    [Fact]
    public async Task A_stop_begins_no_call_and_finishes_those_that_run()
    {
        await using var emulator = await OpenAIEmulator.Start();
        emulator.Faults.Add("slow:700");
        using var interrupt = new CancellationTokenSource();
        scene.Given(Enumerable.Range(0, 300).Select(i => BatchScene.Job($"j{i}")));

        var run = scene.Run(Client(emulator), interrupt: interrupt.Token);
        await Eventually.Is(() => emulator.Calls.Count >= 4);
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        // Four run at once; a job that was about to start when the stop came may have started.
        Assert.InRange(emulator.Calls.Count, 4, 8);
        Assert.Equal(emulator.Calls.Count, scene.Endings.Count);
    }

    [Fact]
    public async Task A_paused_credential_holds_up_no_stop()
    {
        await using var emulator = await OpenAIEmulator.Start();
        emulator.Faults.Add("status:401");
        using var interrupt = new CancellationTokenSource();
        scene.Given(Enumerable.Range(0, 50).Select(i => BatchScene.Job($"j{i}")));

        var run = scene.Run(Client(emulator), given => given with { Wait = true }, interrupt.Token);
        await Eventually.Is(() => emulator.Calls.Count > 0);
        var begun = TimeProvider.System.GetTimestamp();
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        Assert.Empty(scene.Endings);
    }

    [Fact]
    public async Task A_key_that_is_refused_on_the_way_ends_the_run_unless_waiting_is_asked_for()
    {
        var client = new FakeClient { Answers = _ => false };
        scene.Given(BatchScene.Job("a"));

        var run = scene.Run(client);
        await Eventually.Is(() => client.Sent.Count == 1);
        client.Pause();
        await run;

        Assert.Contains("--wait", scene.Stopped);
    }

    static OpenAIWorker.Delivery.Clients.IJobClient Client(OpenAIEmulator emulator) =>
        JobClients.Open([.. TestSettings.For(emulator), "--Delivery:Concurrency=4", "--Delivery:StopTimeout=00:00:10"],
            null, TimeSpan.Zero);

    public void Dispose() => scene.Dispose();
}
