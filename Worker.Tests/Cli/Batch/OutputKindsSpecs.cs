using System.Diagnostics;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>Where endings can go, and what can happen to that place meanwhile. Run by a shell, as people do.</summary>
public sealed class OutputKindsSpecs : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly BatchScene scene = new();
    OpenAIEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await OpenAIEmulator.Start();

    [Fact]
    public async Task A_reader_that_has_seen_enough_ends_the_run()
    {
        Given(300);

        var (exitCode, said) = await Shell(
            "worker jobs.jsonl -o - --Delivery:Concurrency=4 | head -n 1; exit ${PIPESTATUS[0]}");

        Assert.Equal(1, exitCode);
        Assert.Contains("Standard output cannot be written: Broken pipe.", said);
        Assert.Contains("lines have no ending.", said);
        Assert.InRange(emulator.Calls.Count, 1, 299);
    }

    [Theory]
    [InlineData("/dev/stdout | wc -l")]
    [InlineData("/dev/fd/1 | wc -l")]
    [InlineData(">(wc -l)")]
    public async Task A_pipe_by_any_name_takes_the_endings(string output)
    {
        Given(3);

        var (_, said) = await Shell($"worker jobs.jsonl --format jsonl -o {output}; wait");

        Assert.Contains("3 succeeded, 0 failed", said);
        Assert.Contains("\n3\n", $"\n{said}\n");
    }

    [Fact]
    public async Task A_link_is_followed_from_where_it_stands()
    {
        Given(2);

        var (exitCode, said) = await Shell(
            "ln -s jobs.jsonl input.jsonl; worker jobs.jsonl -o input.jsonl; ln -s new.jsonl out.jsonl; worker "
                + "jobs.jsonl -o out.jsonl");

        Assert.Equal(0, exitCode);
        Assert.Contains("input.jsonl is the input.", said);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(scene.Folder, "new.jsonl")).Length);
    }

    [Fact]
    public async Task A_disk_that_is_full_leaves_whole_endings_and_the_run_goes_on_later()
    {
        Given(40);

        // A file may grow to 8 kB, which is about twenty endings. The runtime itself needs larger files unless told
        // otherwise.
        var (exitCode, said) = await Shell(
            "(ulimit -f 8; export DOTNET_EnableWriteXorExecute=0; exec env --ignore-signal=XFSZ dotnet $WORKER batch "
                + "jobs.jsonl -o full.jsonl $SETTINGS)");

        scene.Output = Path.Combine(scene.Folder, "full.jsonl");
        Assert.Equal(1, exitCode);
        Assert.Contains("full.jsonl cannot be written: ", said);
        Assert.Contains("Its content is complete; the same command continues from there.", said);
        Assert.InRange(scene.Endings.Count, 1, 39);
        Assert.StartsWith($"{scene.Endings.Count} succeeded, 0 failed", said, StringComparison.Ordinal);
        Assert.EndsWith("}\n", File.ReadAllText(scene.Output), StringComparison.Ordinal);
        Assert.Equal(0, (await Shell("worker jobs.jsonl -o full.jsonl")).ExitCode);
        Assert.Equal(40, scene.Endings.Count);
    }

    [Fact]
    public async Task Endings_are_written_also_when_nothing_can_be_printed()
    {
        Given(2);

        var (exitCode, _) = await Shell("worker jobs.jsonl -o results.jsonl 2>/dev/full");

        Assert.Equal(0, exitCode);
        Assert.Equal(2, scene.Endings.Count);
    }

    [Fact]
    public async Task An_output_that_is_full_is_told_in_two_sentences_and_not_for_each_job()
    {
        Given(2);

        var (exitCode, said) = await Shell("worker jobs.jsonl -o /dev/full --format jsonl --no-progress");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("0 succeeded, 0 failed", said, StringComparison.Ordinal);
        // One of the two may end before the other is sent.
        Assert.Matches("\n/dev/full cannot be written: No space left on device[.] (1 answer|2 answers) that arrived",
            said);
        Assert.DoesNotContain("crit", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_that_cannot_be_written_is_told_and_costs_no_ending()
    {
        Given(2);

        var (exitCode, said) = await Shell(
            "worker jobs.jsonl -o results.jsonl --summary nowhere/s.json; worker jobs.jsonl -o results.jsonl "
                + "--summary /dev/full");

        Assert.Equal(1, exitCode);
        Assert.Contains("--summary is 'nowhere/s.json', and there is no folder", said);
        Assert.Contains("The summary cannot be written to /dev/full: ", said);
        Assert.Equal((2, 2), (emulator.Calls.Count(call => call.Path.EndsWith("responses", StringComparison.Ordinal)),
            scene.Endings.Count));
    }

    [Fact]
    public async Task A_folder_that_takes_no_new_file_costs_no_ending()
    {
        scene.Given([.. Enumerable.Range(0, 6).Select(i => BatchScene.Job($"j{i}")),
            BatchScene.Job("bad", model: "m+status:404")]);
        // Like a folder without write access, which root could still write.
        Directory.CreateDirectory($"{scene.Output}.new");

        var (exitCode, said) = await Shell(
            "worker jobs.jsonl -o results.jsonl --keep-order; worker jobs.jsonl -o results.jsonl --retry-failed");

        Assert.Equal(2, exitCode);
        Assert.Contains("6 succeeded, 1 failed", said);
        Assert.Contains("--retry-failed writes a new file beside results.jsonl, and that is refused: ", said);
        Assert.Equal(7, scene.Endings.Count);
    }

    [Theory]
    [InlineData("--default-signal=HUP", 130, 4)]
    [InlineData("--ignore-signal=HUP", 0, 8)]
    public async Task A_terminal_that_is_closed_stops_the_run_unless_it_is_to_go_on(string signals, int ends,
        int endings)
    {
        emulator.Faults.Add("slow:1000");
        Given(8);
        using var process = Start(
            $"exec env {signals} dotnet $WORKER batch jobs.jsonl -o results.jsonl $SETTINGS --Delivery:Concurrency=4");
        var said = process.Output();
        await Eventually.Is(() =>
            emulator.Calls.Count(call => call.Path.EndsWith("responses", StringComparison.Ordinal)) == 4);

        using (var kill = Process.Start("kill", ["-HUP", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.True(ends == process.ExitCode, await said);
        Assert.Equal(endings, scene.Endings.Count);
    }

    void Given(int jobs) => scene.Given(Enumerable.Range(0, jobs).Select(i => BatchScene.Job($"j{i}")));

    async Task<(int ExitCode, string Said)> Shell(string line)
    {
        using var process = Start(line);
        var said = await process.Output().WaitAsync(Patience, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("   at ", said);
        return (process.ExitCode, said);
    }

    // The word worker stands for the program's verb batch with the emulator.
    Process Start(string line)
    {
        var process = Process.Start(
            new ProcessStartInfo("bash", ["-c", $"worker() {{ dotnet $WORKER batch \"$@\" $SETTINGS; }}; {line}"])
            {
                WorkingDirectory = scene.Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["WORKER"] = WorkerProgram.Path,
                ["SETTINGS"] = string.Join(' ', TestSettings.For(emulator)) },
            })!;
        process.StandardInput.Close();
        return process;
    }

    public ValueTask DisposeAsync()
    {
        scene.Dispose();
        return emulator.DisposeAsync();
    }
}
