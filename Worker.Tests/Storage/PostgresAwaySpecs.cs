using Npgsql;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Storage;

/// <summary>Assistants while their PostgreSQL is unavailable.</summary>
public sealed class PostgresAwaySpecs(PostgresServer server) : StoreAwayContract
{
    FaultyLink? link;

    private protected override string Store => "database";

    private protected override JobRequest Job => ToAssistant;

    private protected override Task Prepare(EmbeddedWorker worker) => worker.Answer(Ada);

    private protected override void Break() => link!.State = LinkState.Cut;

    private protected override void Mend() => link!.State = LinkState.Fine;

    [Fact]
    public async Task A_worker_starts_without_it_and_its_other_jobs_run()
    {
        var settings = await Settings();
        Break();
        await using var worker = await EmbeddedWorker.Start([.. settings]);

        await worker.Answer(Smallest);
        var created = worker.Answer(Ada);
        Mend();

        Assert.Equal("Ada", (await created).Assistant!.Name);
    }

    // A call that starts after a slow store has used most of the job's time is paid for, and cut.
    [Fact]
    public async Task A_slow_database_takes_nothing_of_the_calls_time()
    {
        await using var worker = await Start();
        await Prepare(worker);
        link!.Delay = TimeSpan.FromMilliseconds(100);

        var answer = await worker.Answer(ToAssistant with { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal((1, 0), (answer.Attempts, answer.Waits));
        Assert.Equal(1, worker.Emulator.Bill.Billed);
    }

    [Fact]
    public async Task A_server_that_refuses_ends_the_job_with_the_cure()
    {
        await using var worker = await EmbeddedWorker.Start([.. await Settings()]);
        await worker.Answer(Ada);
        await Run("ALTER TABLE assistants RENAME TO elsewhere");

        var failure = await worker.Failure(ToAssistant);

        Assert.Equal((FailureCodes.StoreRefused, FailureKind.Permanent, Remedy.Operator, 1),
            (failure.Code, failure.Kind, failure.Remedy, failure.Attempts));
        Assert.Contains("Restore the database from a backup", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, worker.Emulator.Bill.Billed);
    }

    public override void Dispose()
    {
        base.Dispose();
        link?.Dispose();
    }

    string database = "";

    async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    // The worker stores the conversation itself, so it needs the database after the call.
    private protected override async Task<IReadOnlyList<string>> Settings()
    {
        database = await server.NewDatabase();
        var pairs = new NpgsqlConnectionStringBuilder(database);
        link = new(pairs.Host!, pairs.Port);
        (pairs.Host, pairs.Port) = (FaultyLink.Host, link.Port);
        return ["--Storage:Kind=PostgreSQL", $"--Storage:ConnectionString={pairs.ConnectionString}",
            "--OpenAI:Credentials:default:Api=ChatCompletions"];
    }
}
