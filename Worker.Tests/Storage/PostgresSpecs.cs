using Npgsql;
using OpenAIWorker.Contracts;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Storage;

public sealed class PostgresSpecs(PostgresServer server) : StoreContract
{
    readonly PostgresTestDatabase own = new(server);

    private protected override ITestDatabase Make() => own;

    [Fact]
    public async Task Workers_share_assistants()
    {
        string[] settings = ["--Storage:Kind=PostgreSQL", $"--Storage:ConnectionString={own.Address}",
            "--Storage:Replicas=2"];
        await using var one = await EmbeddedWorker.Start(settings);
        await using var other = await EmbeddedWorker.Start(settings);

        await one.Answer(new CreateAssistant { Model = "m", Name = "Ada" });

        Assert.Equal("Ada", Assert.Single((await other.Answer(new ListAssistants())).Assistants!).Name);
    }

    // It uses parts of Npgsql that are not public.
    [Fact]
    public void A_connection_that_has_a_thread_of_its_own_waits_in_the_kernel()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere nothing is changed.");
        using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(own.Address) { Pooling = false }.ConnectionString);
        connection.Open();

        Assert.True(BlockingSocket.Of(connection));

        using var command = new NpgsqlCommand("SELECT 1", connection);
        Assert.Equal(1, command.ExecuteScalar());
    }

    [Fact]
    public async Task Transactions_that_wait_for_each_others_rows_are_both_committed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await Database.Write(session => session.Run(
            "INSERT INTO workers (id, host, started_at, beat) VALUES ('a', '', 0, 0), ('b', '', 0, 0)"), cancellation);
        TaskCompletionSource[] begun = [new(), new()];

        await Task.WhenAll(Raise(0, "a", "b"), Raise(1, "b", "a"));

        Assert.Equal([2L, 2L], await Database.Read(session =>
            session.Rows("SELECT beat FROM workers", row => row.GetInt64(0)), cancellation));

        Task<int> Raise(int number, string first, string second) => Database.WriteBeside(async session =>
        {
            await session.Run("UPDATE workers SET beat = beat + 1 WHERE id = @id", ("id", first));
            begun[number].TrySetResult();
            await begun[1 - number].Task;
            return await session.Run("UPDATE workers SET beat = beat + 1 WHERE id = @id", ("id", second));
        }, isDurable: false, cancellation);
    }

    [Fact]
    public async Task Jobs_of_one_dead_worker_are_free_before_those_of_the_next_are_touched()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await Database.Write(session => session.Run(
            """
            INSERT INTO job_records (job_id, tenant, operation, credential, request_hash, replay, state, owner,
                attempts, waits, received_at, changed_at)
            SELECT 'j' || i, '', 'o', 'c', 'h', '', 'running', 'dead' || i, 1, 0, 0, 0 FROM generate_series(1, 3) i
            """), cancellation);
        await using var holding = new NpgsqlConnection(own.Address);
        await holding.OpenAsync(cancellation);
        await using var held = await holding.BeginTransactionAsync(cancellation);
        await using (var hold = new NpgsqlCommand("SELECT 1 FROM job_records WHERE job_id = 'j3' FOR UPDATE", holding))
            await hold.ExecuteNonQueryAsync(cancellation);

        var beat = new WorkerRegister(Database, new NoStatus(), TimeProvider.System).Beat(cancellation);
        await Eventually.Is(async () => await Database.Read(session => session.Number(
            "SELECT COUNT(*) FROM job_records WHERE owner IS NULL"), cancellation) == 2);
        await held.RollbackAsync(cancellation);
        await beat;
    }
}
