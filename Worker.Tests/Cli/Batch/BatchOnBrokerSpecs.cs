using System.Diagnostics;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>
/// A batch whose jobs are with a broker, as seen in a terminal: stopped, refused, cut off. Nothing is lost, and nothing
/// is paid for twice.
/// </summary>
public sealed class BatchOnBrokerSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IAsyncLifetime
{
    const int Columns = 80;

    // A job is sent twice if the broker had it but could not confirm it before the cut, and it had not ended when the
    // batch sent it again.
    const int OnTheWay = 4;

    readonly BatchScene scene = new();
    readonly string prefix = broker.CommonPrefix();
    OpenAIEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await OpenAIEmulator.Start();

    [Fact]
    public async Task Control_C_leaves_what_was_sent_to_the_workers_and_sends_no_more()
    {
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        emulator.Faults.Add("slow:1000");
        Given(30);

        var screen = await Terminal.Run(Columns, Batch("--window", "12"), async () =>
        {
            await Eventually.Is(() => Calls >= 8);
            return Terminal.Interrupt;
        });

        Assert.Equal(130, screen.ExitCode);
        Assert.Matches(@"stopping: \d+ jobs with the broker, \d+ jobs not sent\. Press again to end now\.",
            Said(screen));
        Assert.Matches(@"jobs are still with the broker and continue there; the same command collects them\.",
            Said(screen));
        await GoesOn(30);
    }

    [Fact]
    public async Task SIGTERM_ends_a_batch_whose_jobs_are_with_a_broker()
    {
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        emulator.Faults.Add("slow:1000");
        Given(10);
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [WorkerProgram.Path, .. Batch()])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.Output();
        await Eventually.Is(() => Calls >= 8);

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);

        await process.WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("jobs with the broker, 0 jobs not sent", await said);
        await GoesOn(10);
    }

    [Fact]
    public async Task Endings_that_a_full_disk_did_not_take_come_again_to_the_next_run()
    {
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        Given(60);

        // A file may grow to 8 kB, which is about twenty endings.
        var (exitCode, said) = await ForeignProgram.Run("bash", "",
            ["-c", "ulimit -f 8; export DOTNET_EnableWriteXorExecute=0; exec env --ignore-signal=XFSZ dotnet \"$@\"",
                "bash", WorkerProgram.Path, .. Batch()], new Dictionary<string, string>());

        Assert.Contains("cannot be written: ", said, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
        Assert.InRange(scene.Endings.Count, 1, 59);
        await GoesOn(60);
    }

    [Fact]
    public async Task A_key_that_the_workers_provider_refuses_ends_the_run_and_the_jobs_stay()
    {
        Given(12);
        await using (await BrokerWorker.Start(broker, prefix, emulator,
            ["--OpenAI:Credentials:default:ApiKey=sk-invalid", "--Delivery:ProbeInterval=00:00:02"]))
        {
            var screen = await Terminal.Run(Columns, Batch());

            Assert.Equal(1, screen.ExitCode);
            Assert.Contains("The workers' credential is refused: The provider answered 401", Said(screen));
            Assert.Contains("jobs with the broker then continue by themselves", Said(screen));
            Assert.Contains("12 jobs are still with the broker", Said(screen));
        }
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);

        await GoesOn(12);
    }

    [Fact]
    public async Task A_broker_that_is_cut_off_is_shown_and_the_run_goes_on_when_it_is_back()
    {
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        emulator.Faults.Add("slow:500");
        using var link = new FaultyLink(broker.Uri.Host, broker.Uri.Port);
        Given(40);

        var screen = await Terminal.RunWatched(Columns, Through(link, "--window", "20"), async soFar =>
        {
            await Eventually.Is(() => Calls >= 8);
            link.State = LinkState.Cut;
            await Eventually.Is(() => soFar().Contains("waiting for the broker: ", StringComparison.Ordinal));
            link.State = LinkState.Fine;
            return "";
        });

        Assert.Equal(0, screen.ExitCode);
        Assert.Contains("40 succeeded, 0 failed", Said(screen));
        AllOnce(40, again: OnTheWay);
    }

    [Fact]
    public async Task Control_C_ends_the_wait_for_a_broker_that_is_cut_off()
    {
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        emulator.Faults.Add("slow:500");
        using var link = new FaultyLink(broker.Uri.Host, broker.Uri.Port);
        Given(40);

        var screen = await Terminal.RunWatched(Columns, Through(link, "--window", "20"), async soFar =>
        {
            await Eventually.Is(() => Calls >= 8);
            link.State = LinkState.Cut;
            await Eventually.Is(() => soFar().Contains("waiting for the broker: ", StringComparison.Ordinal));
            return Terminal.Interrupt;
        });

        Assert.Equal(130, screen.ExitCode);
        Assert.Contains("stopping: ", Said(screen));
        await GoesOn(40, again: OnTheWay);
    }

    int Calls =>
        emulator.Calls.Count(call => call.Path.EndsWith("responses", StringComparison.Ordinal) && call.Status != 401);

    void Given(int jobs) => scene.Given(Enumerable.Range(0, jobs).Select(i => BatchScene.Job($"j{i}")));

    // Runs the same command to its end.
    async Task GoesOn(int jobs, int again = 0)
    {
        var (exitCode, said) = await ForeignProgram.Run("dotnet", "", [WorkerProgram.Path, .. Batch()],
            new Dictionary<string, string>());

        Assert.True(exitCode == 0, said);
        AllOnce(jobs, again);
    }

    void AllOnce(int jobs, int again)
    {
        Assert.Equal(Enumerable.Range(0, jobs).Select(i => $"j{i}").Order(),
            scene.Endings.Select(ending => ending.GetProperty("jobId").GetString()).Order());
        Assert.InRange(Calls, jobs, jobs + again);
        Assert.False(File.Exists($"{scene.Output}.sent"));
    }

    IReadOnlyList<string> Batch(params IReadOnlyList<string> more) => At(broker.Uri, more);

    IReadOnlyList<string> Through(FaultyLink link, params IReadOnlyList<string> more) =>
        At(link.Before(broker.Uri), more);

    IReadOnlyList<string> At(Uri uri, IReadOnlyList<string> more) =>
        ["batch", scene.Input, "-o", scene.Output, $"--Broker:Uri={uri.OriginalString}", $"--Broker:Prefix={prefix}",
            .. more];

    // Sentences are wrapped at the terminal's width.
    static string Said(Screen screen) =>
        string.Join(' ', screen.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public ValueTask DisposeAsync()
    {
        scene.Dispose();
        return emulator.DisposeAsync();
    }
}
