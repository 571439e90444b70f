using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Cli.Jobs;

/// <summary>Jobs are queried like an operator does, in a terminal and in a pipe.</summary>
public sealed class JobsSpecs : IAsyncLifetime
{
    const string LongId = "0858ee40-e36d-44d3-a018-14941cf6bd1c";

    readonly SqliteFile file = new();
    EmbeddedWorker? worker;

    public async ValueTask InitializeAsync()
    {
        worker = await EmbeddedWorker.Start("--Records:Keep=Everything", $"--Storage:Path={file.Path}");
        await worker.Answer(Smallest with { JobId = "good" });
        await worker.Failure(Smallest with { JobId = "bad", Model = "m+status:404" });
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Lists_and_sums_fit_the_terminal(int columns)
    {
        var (list, stats, show) = (await Terminal.Run(columns, With("jobs", "list")),
            await Terminal.Run(columns, With("jobs", "stats", "--by", "model")),
            await Terminal.Run(columns, With("jobs", "show", "good")));

        Assert.Equal((0, 0, 0), (list.ExitCode, stats.ExitCode, show.ExitCode));
        Assert.Contains("good", list.Text, StringComparison.Ordinal);
        Assert.Contains("failed", list.Text, StringComparison.Ordinal);
        Assert.All([.. list.Lines, .. stats.Lines],
            line => Assert.True(line.Length <= columns, $"wider than {columns}: {line}"));
        Assert.Contains("good: message-model, completed", show.Text, StringComparison.Ordinal);
        Assert.Contains("Hello", show.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_word_is_broken_and_an_id_can_be_copied_and_found()
    {
        await worker!.Answer(Smallest with { JobId = LongId });

        var (narrow, sums) = (await Terminal.Run(40, With("jobs", "list")), await Terminal.Run(40,
            With("jobs", "stats")));
        var (_, piped) = await Run("list");

        Assert.Contains(LongId, narrow.Lines);
        Assert.Contains("  operation message-model, state", narrow.Lines);
        Assert.Contains("  jobs 3, completed 2, failed 1, input", sums.Lines);
        Assert.Contains(piped.Split('\n'), line => line.Contains($"│ {LongId} │", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Programs_have_a_line_of_JSON_for_each_and_go_on_page_by_page()
    {
        var (_, first) = await Run("list", "--json", "--limit", "1");
        var (_, second) = await Run("list", "--json", "--after", "bad");
        var (_, failed) = await Run("list", "--json", "--state", "failed");
        var (_, whole) = await Run("show", "bad", "--json");

        Assert.Equal(("bad", "good", "bad"), (IdOf(first), IdOf(second), IdOf(failed)));
        Assert.Equal("model_not_found", JsonElement.Parse(whole).GetProperty("ending").GetProperty("code").GetString());
        Assert.Contains("m+status:404", JsonElement.Parse(whole).GetProperty("request").GetRawText(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "good: completed", "wait", "good")]
    [InlineData(1, "bad: failed: model_not_found", "wait", "good", "bad")]
    [InlineData(1, "There is no record of the job 'never'", "wait", "never", "--timeout", "1s")]
    [InlineData(1, "No worker with this database has seen the job 'never' yet", "wait", "never", "--timeout", "6s")]
    [InlineData(1, "There is no record of the job 'never'", "show", "never")]
    [InlineData(0, "There are none.", "list", "--model", "none")]
    [InlineData(2, "--after: There is no record of the job 'never'", "list", "--after", "never")]
    [InlineData(2, "jobs purge needs to know which", "purge")]
    [InlineData(2, "jobs purge: '' is not the name of a group or a tenant", "purge", "--tenant", "")]
    [InlineData(2, "jobs purge: '' is not the name of a group or a tenant", "purge", "--group", "")]
    public async Task The_exit_code_and_a_sentence_say_how_it_is(int code, string says, params string[] words)
    {
        var (exit, said) = await Run(words);

        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Equal(code, exit);
    }

    [Fact]
    public async Task A_group_is_shown_waited_for_listed_and_purged()
    {
        var group = new JobGroup { Id = "g", Size = 2 };
        await worker!.Answer(Smallest with { JobId = "one", Group = group });
        Assert.Contains("g: 1 of 2 jobs have ended: 1 completed, 0 failed, 0 running, 0 waiting, 1 not seen yet",
            (await Run("groups", "g")).Said, StringComparison.Ordinal);
        Assert.Equal(1, (await Run("wait", "--group", "g", "--timeout", "1s")).Code);

        await worker.Answer(Smallest with { JobId = "two", Group = group });

        Assert.Equal((0, 0), ((await Run("wait", "--group", "g")).Code, (await Run("groups")).Code));
        Assert.Equal(2, JsonElement.Parse((await Run("groups", "--json")).Said).GetProperty("completed").GetInt32());
        Assert.Equal("two", IdOf((await Run("list", "--group", "g", "--limit", "1", "--json")).Said));
        Assert.Contains("2 records deleted.", (await Run("purge", "--group", "g")).Said, StringComparison.Ordinal);
        Assert.Contains("There is no group 'g'", (await Run("groups", "g")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_purged_is_gone_and_its_job_is_called_again()
    {
        Assert.Contains("1 record deleted.", (await Run("purge", "good")).Said, StringComparison.Ordinal);

        worker!.Events.Forget("good");
        await worker.Answer(Smallest with { JobId = "good" });

        Assert.Equal(3, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task What_has_not_ended_is_not_purged_and_is_named()
    {
        await file.Database.Write(session => session.Run(
            """
            INSERT INTO job_records (job_id, tenant, operation, credential, request_hash, replay, state, attempts,
                waits, received_at, changed_at) VALUES ('later', '', 'o', 'c', 'h', '', 'waiting', 1, 0, 0, 0)
            """), TestContext.Current.CancellationToken);

        var (code, said) = await Run("purge", "good", "later", "never");

        Assert.Contains("later was not deleted: it is waiting. Cancel it first: worker cancel later", said,
            StringComparison.Ordinal);
        Assert.Contains("There is no record of the job 'never'", said, StringComparison.Ordinal);
        Assert.Contains("1 record deleted.", said, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_not_made()
    {
        var nowhere = Path.Combine(Path.GetDirectoryName(file.Path)!, "none.db");

        var (code, said) = await ForeignProgram.Run("dotnet", "",
            [WorkerProgram.Path, "jobs", "list", $"--Storage:Path={nowhere}"], new Dictionary<string, string>());

        Assert.Equal(2, code);
        Assert.StartsWith($"There is no database at {nowhere}.", said, StringComparison.Ordinal);
        Assert.False(File.Exists(nowhere));
    }

    public async ValueTask DisposeAsync()
    {
        if (worker is not null)
            await worker.DisposeAsync();
        await file.DisposeAsync();
    }

    static string IdOf(string line) =>
        JsonElement.Parse(Assert.Single(line.Split('\n', StringSplitOptions.RemoveEmptyEntries))).GetProperty("jobId")
            .GetString()!;

    string[] With(params string[] words) => [.. words, $"--Storage:Path={file.Path}"];

    Task<(int Code, string Said)> Run(params string[] words) =>
        ForeignProgram.Run("dotnet", "", [WorkerProgram.Path, .. With(["jobs", .. words])],
            new Dictionary<string, string>());
}
