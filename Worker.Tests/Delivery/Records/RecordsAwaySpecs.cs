using Npgsql;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>A worker that keeps records, and whose database is unavailable.</summary>
public sealed class RecordsAwaySpecs(PostgresServer server) : IDisposable
{
    FaultyLink? link;
    string database = "";

    [Fact]
    public async Task No_job_is_called_whose_ending_could_not_be_committed()
    {
        await using var worker = await Start();
        link!.State = LinkState.Cut;

        var ending = worker.End(Smallest with { JobId = "j" });
        await Eventually.Is(() => worker.Events.Delays("j").Count > 0);
        Assert.Equal(0, worker.Emulator.Bill.Calls);
        link.State = LinkState.Fine;

        Assert.Equal((Endings.Completed, 1),
            ((await ending).GetProperty("ending").GetString(), (await ending).GetProperty("attempts").GetInt32()));
        Assert.Equal(FailureCodes.StoreUnavailable, worker.Events.Delays("j")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_paid_result_is_told_once_it_is_committed_and_not_bought_again()
    {
        await using var worker = await Start();

        var ending = worker.End(Smallest with { JobId = "j" });
        await Eventually.Is(() => worker.Emulator.Bill.Calls == 1);
        link!.State = LinkState.Cut;
        await Task.WhenAny(ending, Task.Delay(TimeSpan.FromMilliseconds(600), TestContext.Current.CancellationToken));
        Assert.False(ending.IsCompleted);
        link.State = LinkState.Fine;
        await ending;
        worker.Events.Forget("j");
        await worker.End(Smallest with { JobId = "j" });

        Assert.Equal(1, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task A_database_that_refuses_has_jobs_wait_until_it_is_mended()
    {
        await using var worker = await Start();
        await Run("ALTER TABLE job_records RENAME TO elsewhere");

        var ending = worker.End(Smallest with { JobId = "j" });
        await Eventually.Is(() => worker.Events.Delays("j").Count > 0);
        await Run("ALTER TABLE elsewhere RENAME TO job_records");

        Assert.Equal(Endings.Completed, (await ending).GetProperty("ending").GetString());
        Assert.Equal(1, worker.Emulator.Bill.Calls);
    }

    public void Dispose() => link?.Dispose();

    async Task<EmbeddedWorker> Start()
    {
        database = await server.NewDatabase();
        var pairs = new NpgsqlConnectionStringBuilder(database);
        link = new(pairs.Host!, pairs.Port);
        (pairs.Host, pairs.Port) = (FaultyLink.Host, link.Port);
        return await EmbeddedWorker.Start(
            new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(300) }, "--Records:Keep=Endings",
            "--Storage:Kind=PostgreSQL", $"--Storage:ConnectionString={pairs.ConnectionString}");
    }

    async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
