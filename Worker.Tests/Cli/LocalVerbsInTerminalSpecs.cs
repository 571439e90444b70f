using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli;

/// <summary>
/// Verbs that need no broker, in terminals of both usual widths and redirected, as a person sees them.
/// </summary>
public sealed class LocalVerbsInTerminalSpecs : IAsyncLifetime
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("verbs");
    OpenAIEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await OpenAIEmulator.Start();

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Settings_are_told_with_range_default_and_meaning(int columns)
    {
        var screen = await Fits(0, columns, ["settings", "Limits:Tenant"]);

        Assert.Contains("text; default: none", screen.Text, StringComparison.Ordinal);
        Assert.Contains("Tenants take turns", Whole(screen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_is_none_is_a_sentence() =>
        Assert.Contains("No setting has nonsense in its name.", (await Fits(2, 80, ["settings", "nonsense"])).Text,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Check_shows_what_is_in_force_and_whether_it_answers_and_no_secret(int columns)
    {
        var screen = await Fits(0, columns,
            ["check", "--connect", .. Settings(), "--OpenAI:Credentials:default:ApiKey=sk-very-secret"]);

        Assert.Contains("OpenAI:Credentials:default:ApiKey = set", screen.Text, StringComparison.Ordinal);
        Assert.Contains($"ok     credential default at {emulator.BaseUrl}: the key is accepted",
            Said(screen, "credential default"), StringComparison.Ordinal);
        Assert.Contains("ok     broker: embedded", screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-very-secret", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_URL_without_its_version_is_seen_by_check_and_by_batch_before_anything_is_sent()
    {
        var bare = $"--OpenAI:Credentials:default:BaseUrl={new Uri(emulator.BaseUrl, "/")}";
        var jobs = Path.Combine(folder.FullName, "jobs.jsonl");
        await File.WriteAllTextAsync(jobs, Batch.BatchScene.Job("a"), TestContext.Current.CancellationToken);

        var check = await Terminal.Run(120, ["check", "--connect", .. Settings(), bare]);
        var batch = await Terminal.Run(120,
            ["batch", jobs, "-o", Path.Combine(folder.FullName, "results.jsonl"), .. Settings(), bare]);

        Assert.Equal((1, 2), (check.ExitCode, batch.ExitCode));
        Assert.All([check, batch], screen =>
            Assert.Contains($"Its BaseUrl is probably {emulator.BaseUrl}", Whole(screen), StringComparison.Ordinal));
        Assert.Contains("Nothing was sent.", batch.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_what_the_worker_answers_or_that_none_does()
    {
        var port = FreePort.Next();
        var none = await Fits(1, 80, ["health", $"--Health:Port={port}"]);
        await using var worker = await EmbeddedWorker.Start($"--Health:Port={port}");
        var one = await Fits(0, 80, ["health", "--live", $"--Health:Port={port}"]);

        Assert.Contains($"No worker answers at port {port}: ", none.Text, StringComparison.Ordinal);
        Assert.Contains("\"status\"", one.Text, StringComparison.Ordinal);
        Assert.Contains("Health:Port is missing.", (await Fits(2, 80, ["health"])).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_is_put_and_got_and_a_terminal_gets_no_bytes()
    {
        var (given, got) = (Path.Combine(folder.FullName, "given.bin"), Path.Combine(folder.FullName, "got.bin"));
        await File.WriteAllBytesAsync(given, [0, 1, 27, 255], TestContext.Current.CancellationToken);

        var put = await Fits(0, 80, ["payload", "put", given, .. Settings()]);
        var id = Assert.Single(put.Lines);
        var shown = await Fits(2, 80, ["payload", "get", id, .. Settings()]);
        var saved = await Fits(0, 80, ["payload", "get", id, "-o", got, .. Settings()]);

        Assert.Contains("A terminal cannot show bytes.", shown.Text, StringComparison.Ordinal);
        Assert.Empty(saved.Lines);
        Assert.Equal(await File.ReadAllBytesAsync(given, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(got, TestContext.Current.CancellationToken));
        Assert.Contains("is a folder. Name a file.",
            Whole(await Fits(2, 80, ["payload", "put", folder.FullName, .. Settings()])), StringComparison.Ordinal);
        Assert.Contains("There is no folder for",
            Whole(await Fits(2, 80, ["payload", "get", id, "-o", Path.Combine(folder.FullName, "nowhere", "x"),
                .. Settings()])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schemas_name_their_files_and_take_no_file_for_a_folder()
    {
        var target = Path.Combine(folder.FullName, "schemas");

        var screen = await Terminal.Run(80, ["schemas", target]);
        var refused = await Fits(2, 80, ["schemas", Path.Combine(target, "asyncapi.json")]);

        Assert.Equal(0, screen.ExitCode);
        Assert.Contains(Path.Combine(target, "asyncapi.json"), Whole(screen), StringComparison.Ordinal);
        Assert.Contains("is a file. Name a folder for the files.", Whole(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_completion_is_the_same_on_a_terminal_and_in_a_file()
    {
        var (exitCode, file) = await ForeignProgram.Run("dotnet", "", [WorkerProgram.Path, "completion", "bash"],
            new Dictionary<string, string>());
        var screen = await Terminal.Run(80, ["completion", "bash"]);

        Assert.Equal((0, 0), (exitCode, screen.ExitCode));
        Assert.Equal(file, screen.Text.ReplaceLineEndings("\n").Trim());
        Assert.Contains("SHELL is 'csh'; allowed: bash, fish, pwsh, zsh. Did you mean zsh?",
            (await Fits(2, 80, ["completion", "csh"])).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause", "default")]
    [InlineData("limits", "list")]
    [InlineData("cancel", "x")]
    [InlineData("dead", "list")]
    [InlineData("dead", "replay", "--all")]
    [InlineData("watch")]
    public async Task What_needs_a_broker_says_so(params string[] words) =>
        Assert.Contains("Broker:Uri is missing.", (await Fits(2, 80, words)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_file_in_the_place_of_a_verb_is_told_how_it_is_run()
    {
        var file = Path.Combine(folder.FullName, "jobs.jsonl");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        Assert.Contains($"is a file, not a verb. To run its jobs: worker batch {file} -o results.jsonl.",
            Whole(await Terminal.Run(80, [file])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settings")]
    [InlineData("completion bash")]
    [InlineData("check")]
    [InlineData("--help")]
    public async Task An_output_that_is_full_is_one_sentence(string words)
    {
        var (exitCode, said) = await ForeignProgram.Run("bash", "",
            ["-c", $"dotnet '{WorkerProgram.Path}' {words} {string.Join(' ', Settings())} > /dev/full"],
            new Dictionary<string, string>());

        Assert.Equal((1, "The output cannot be written: No space left on device."), (exitCode, said));
    }

    static async Task<Screen> Fits(int exitCode, int columns, params IEnumerable<string> words)
    {
        var screen = await Terminal.Run(columns, words);
        Assert.True(exitCode == screen.ExitCode, screen.Text);
        Assert.DoesNotContain("   at ", screen.Text, StringComparison.Ordinal);
        // The terminal may wrap a long word, such as a path, but not a sentence.
        Assert.All(screen.Lines.Where(line => !line.Contains(" = ", StringComparison.Ordinal)),
            line => Assert.True(line.Length <= columns || !line.Trim().Contains(' '), $"wider than {columns}: {line}"));
        return screen;
    }

    // The sentence that begins with these words, without the terminal's line breaks.
    static string Said(Screen screen, string words) =>
        Whole(screen).Split("ok ").Where(part => part.Contains(words, StringComparison.Ordinal))
            .Select(part => $"ok     {part.Trim()}").First();

    static string Whole(Screen screen) =>
        string.Join(' ', screen.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    IReadOnlyList<string> Settings() =>
        [.. TestSettings.For(emulator), $"--Payloads:Folder={Path.Combine(folder.FullName, "payloads")}"];

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return emulator.DisposeAsync();
    }
}
