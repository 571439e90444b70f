using Microsoft.Data.Sqlite;
using OpenAIWorker.Contracts;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Storage;

/// <summary>Unusable SQLite files: a job that needs one ends at once, with the cure and without a call.</summary>
public sealed class UnusableDatabaseSpecs : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("openai-worker-database-");

    string Database => Path.Combine(folder.FullName, "a.db");

    [Fact]
    public async Task Damaged()
    {
        await File.WriteAllTextAsync(Database, new string('x', 10_000), TestContext.Current.CancellationToken);

        await IsRefused(
            "its file is damaged, or not a database. Restore the file of Storage:Path from a backup, or move it away "
                + "to start with an empty one.");
    }

    [Fact]
    public async Task Of_a_newer_worker()
    {
        await Run("CREATE TABLE schema_steps (taken BIGINT NOT NULL); INSERT INTO schema_steps VALUES (99)");

        await IsRefused("Run the newer worker, or name another database.");
    }

    [Fact]
    public async Task In_the_place_of_a_folder()
    {
        Directory.CreateDirectory(Database);

        await IsRefused(
            "Let the worker's user write to the file of Storage:Path and its folder, or set Storage:Path to another.");
    }

    [Fact]
    public async Task Other_jobs_go_on()
    {
        Directory.CreateDirectory(Database);
        await using var worker = await EmbeddedWorker.Start($"--Storage:Path={Database}");

        await worker.Failure(ToAssistant);
        await worker.Answer(Smallest);
    }

    [Fact]
    public async Task Where_every_job_would_need_it_the_worker_does_not_start()
    {
        Directory.CreateDirectory(Database);

        var refused = await Assert.ThrowsAsync<SettingsException>(() =>
            EmbeddedWorker.Start("--Records:Keep=Endings", $"--Storage:Path={Database}"));

        Assert.Contains("its file cannot be opened", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:Path", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_another_program_has_locked_it_that_is_said_and_jobs_wait()
    {
        await using var other = new SqliteConnection($"Data Source={Database};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var held = other.BeginTransaction(deferred: false);

        var locked = await Assert.ThrowsAsync<SqliteException>(() => Run("CREATE TABLE a (b)"));

        Assert.Equal(new("another program has locked its file"), DatabaseFaults.OfFile(locked));
    }

    [Fact]
    public async Task Check_tells_a_file_that_cannot_be_created_before_a_job_needs_it()
    {
        var (exitCode, said) = await ForeignProgram.Run("dotnet", "",
            [WorkerProgram.Path, "check", "--connect", "--Storage:Path=/proc/none/a.db", "--Records:Keep=Endings",
                "--OpenAI:Credentials:default:ApiKey=any",
                "--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:9/v1"],
            new Dictionary<string, string>());

        Assert.Equal(1, exitCode);
        Assert.Contains("FAILED database, SQLite: /proc/none/a.db cannot be created: ", said,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_cannot_be_loaded_has_a_cure()
    {
        var fault = DatabaseFaults.OfFile(new TypeInitializationException("Driver", new DllNotFoundException()));

        Assert.True(fault is { IsForGood: true });
    }

    public void Dispose() => folder.Delete(recursive: true);

    async Task IsRefused(string says)
    {
        await using var worker = await EmbeddedWorker.Start($"--Storage:Path={Database}");

        var failure = await worker.Failure(ToAssistant);

        Assert.Equal((FailureCodes.StoreRefused, FailureKind.Permanent, Remedy.Operator, 1),
            (failure.Code, failure.Kind, failure.Remedy, failure.Attempts));
        Assert.EndsWith(says, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite Error", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }

    async Task Run(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Default Timeout=1;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
