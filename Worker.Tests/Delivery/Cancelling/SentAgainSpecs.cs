using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;

namespace OpenAIWorker.Tests.Delivery.Cancelling;

/// <summary>A cancelled job that an operator sends again is a new wish; a cancellation after that is one too.</summary>
public sealed class SentAgainSpecs(BrokerFixture broker) : CalledOffScene(broker), IAsyncLifetime
{
    readonly SqliteFile file = new();
    OpenAIEmulator emulator = null!;
    BrokerWorker worker = null!;
    AmqpClient client = null!;

    string[] Settings => ["--Limits:Tenant=tenant", "--Records:Keep=Endings", $"--Storage:Path={file.Path}"];

    public async ValueTask InitializeAsync()
    {
        emulator = await OpenAIEmulator.Start();
        worker = await NewWorker();
        client = await AmqpClient.Open(Broker, prefix);
    }

    [Theory]
    [InlineData("cancel c1", "jobs retry c1")]
    [InlineData("cancel c1", "dead replay --job c1")]
    [InlineData("cancel --group g", "jobs retry c1")]
    [InlineData("cancel --tenant acme", "jobs retry c1")]
    public async Task A_cancelled_job_that_is_sent_again_is_called_also_by_a_worker_that_starts(
        string cancel, string again)
    {
        var before = TimeProvider.System.GetUtcNow();
        await Run(cancel);
        // The cancellation overtakes its job.
        await client.Publish("message-model",
            """
            {"jobId":"c1","model":"m","messages":[{"text":"x"}],"metadata":{"tenant":"acme"},
            "group":{"id":"g","size":1}}
            """,
            new()
            {
                Persistent = true,
                Headers = new Dictionary<string, object?> { ["timestamp_in_ms"] = before.ToUnixTimeMilliseconds() },
            });
        Assert.Equal(FailureCodes.Cancelled, (await client.Ending("c1")).Code);
        await worker.DisposeAsync();

        await Run(again);
        worker = await NewWorker();

        await client.Event(_ => client.Endings("c1").Count == 2);
        Assert.Equal([FailureCodes.Cancelled, null], client.Endings("c1").Select(ending => ending.Code));
    }

    [Fact]
    public async Task One_that_waits_again_is_cancelled_by_a_new_cancellation_only()
    {
        await Later(client, "c1", TimeSpan.FromMinutes(10));
        await Run("cancel c1");
        Assert.Equal(FailureCodes.Cancelled, (await client.Ending("c1")).Code);
        await SendAgain("c1");
        await client.Event(_ => Waits("c1") == 2);

        // It reads all cancellations, and then that the job waits.
        await using var another = await NewWorker();
        await client.Publish("message-model", """{"jobId":"last","model":"m","messages":[{"text":"x"}]}""");
        await client.Ending("last");
        Assert.Single(client.Endings("c1"));

        await Run("cancel c1");

        await client.Event(_ => client.Endings("c1").Count == 2);
        Assert.All(client.Endings("c1"), ending => Assert.Equal(FailureCodes.Cancelled, ending.Code));
        Assert.Equal(0, emulator.TimesBilled("c1"));
    }

    [Fact]
    public async Task A_batch_that_retries_what_failed_calls_cancelled_lines()
    {
        var folder = Directory.CreateTempSubdirectory("openai-worker-again-");
        var input = Path.Combine(folder.FullName, "in.jsonl");
        await File.WriteAllTextAsync(input,
            """{"operation":"message-model","jobId":"c1","model":"m","messages":[{"text":"x"}]}""",
            TestContext.Current.CancellationToken);
        await Run("cancel c1");
        await Run($"batch {input} -o {input}.out", expected: 1);
        Assert.Equal(FailureCodes.Cancelled, (await client.Ending("c1")).Code);

        await Run($"batch {input} -o {input}.out --retry-failed");

        Assert.Equal(1, emulator.TimesBilled("c1"));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_time_far_in_the_future_spares_a_job_nothing()
    {
        await client.Publish("cancel-job", """{"jobId":"c1"}""");
        await client.Publish("message-model", """{"jobId":"c1","model":"m","messages":[{"text":"x"}]}""", new()
        {
            Persistent = true,
            Headers = new Dictionary<string, object?>
            {
                ["openai-worker-sent-again"] = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds(),
            },
        });

        Assert.Equal(FailureCodes.Cancelled, (await client.Ending("c1")).Code);
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await worker.DisposeAsync();
        await emulator.DisposeAsync();
        await file.DisposeAsync();
    }

    Task<BrokerWorker> NewWorker() => BrokerWorker.Start(Broker, prefix, emulator, Settings);

    int Waits(string job) => client.Events.Count(arrived => arrived.JobId == job && arrived.Code == "not_before");

    // A job in the delay ladder becomes a dead letter when it comes up; this is the same message, sent again.
    Task SendAgain(string job) => client.Publish("message-model",
        $$"""{"jobId":"{{job}}","model":"m","messages":[{"text":"x"}],"notBefore":"{{TimeProvider.System.GetUtcNow().AddMinutes(10):O}}"}""",
        new OpenAIWorker.Delivery.DeadLetters.DeadLetter("message-model", 0, new RabbitMQ.Client.BasicProperties(),
            default).Reborn(TimeProvider.System.GetUtcNow()));

    async Task Run(string words, int expected = 0)
    {
        var (code, said) = await ForeignProgram.Run("dotnet", "",
            [WorkerProgram.Path, .. words.Split(' '), $"--Broker:Uri={Broker.Uri}", $"--Broker:Prefix={prefix}",
                .. Settings], new Dictionary<string, string>());
        Assert.True(code == expected, said);
    }
}
