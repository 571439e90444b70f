using System.Text.Json;
using OpenAIWorker.Emulator;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>The points at which a worker with records is killed.</summary>
public enum KillPoint
{
    /// <summary>The job is claimed, and its call has not reached the provider.</summary>
    BeforeTheCall,

    /// <summary>The provider has done the work, and its answer has not reached the worker.</summary>
    DuringTheCall,

    /// <summary>The worker has the answer, and its ending is not committed.</summary>
    BeforeTheCommit,

    /// <summary>The ending is committed, and has not reached the broker.</summary>
    BeforeThePublish,

    /// <summary>The ending is published, and the job not acknowledged.</summary>
    BeforeTheAck,
}

/// <summary>
/// A worker process is killed at one point, and another worker takes over. A call is repeated only if its answer was
/// lost, on its way or before it was committed.
/// </summary>
public abstract class KillWindowContract(BrokerFixture broker)
{
    const string Job = """{"jobId":"j","model":"m","messages":[{"text":"x"}]}""";

    readonly string prefix = broker.CommonPrefix();

    internal abstract Database Database { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The settings that name the database.</summary>
    protected abstract IReadOnlyList<string> Storage { get; }

    [Theory]
    [InlineData(KillPoint.BeforeTheCall, 1, 1)]
    [InlineData(KillPoint.DuringTheCall, 2, 1)]
    [InlineData(KillPoint.BeforeTheCommit, 2, 1)]
    [InlineData(KillPoint.BeforeThePublish, 1, 1)]
    [InlineData(KillPoint.BeforeTheAck, 1, 2)]
    public async Task A_killed_worker_costs_a_call_only_if_its_answer_was_not_committed(KillPoint point, int calls,
        int copies)
    {
        await using var emulator = await OpenAIEmulator.Start();
        IReadOnlyList<string> settings = ["--Records:Keep=Endings", .. Storage,
            $"--Delivery:UnsentAnswers={Path.Combine(WorkerProgram.Path, "nowhere")}"];
        await using var client = await KillAt(point, emulator, settings);
        // As the other workers do when it has sent no sign of life for half a minute.
        await Database.WriteBeside(session => session.Run("DELETE FROM workers"), isDurable: false, Cancellation);

        await using var second = await BrokerWorker.Start(broker, prefix, emulator, settings);
        await client.Event(_ => client.Events.Count == copies);
        await Eventually.Is(async () => await client.Channel.MessageCountAsync($"{prefix}.message-model",
            Cancellation) == 0);

        if (point == KillPoint.BeforeTheCommit && CommitsWhatItHas)
            calls--;
        Assert.Equal(calls, emulator.Calls.Count(call => call.Job == "j"));
        Assert.Single(client.Events
            .Select(ending => (ending.Properties.MessageId, JsonSerializer.Serialize(ending.Body))).Distinct());
    }

    /// <summary>Whether the database has got an ending before it can commit it, and needs no worker for that.</summary>
    protected abstract bool CommitsWhatItHas { get; }

    /// <summary>Keeps endings from being committed.</summary>
    protected abstract Task<IAsyncDisposable> HoldCommits();

    /// <summary>Returns when the worker waits for the held operation, as far as the database shows.</summary>
    protected abstract Task UntilTheCommitWaits();

    async Task<AmqpClient> KillAt(KillPoint point, OpenAIEmulator emulator, IReadOnlyList<string> settings)
    {
        await using var provider = new HoldingLink(emulator.BaseUrl.Host, emulator.BaseUrl.Port);
        await using var link = new HoldingLink(broker.Uri.Host, broker.Uri.Port);
        using var worker = await WorkerInAProcess.Start(link.Before(broker.Uri), prefix,
            provider.Before(emulator.BaseUrl), settings);
        var client = await AmqpClient.Open(broker, prefix);
        provider.Hold(point == KillPoint.BeforeTheCall ? Way.There : Way.Back);
        await client.Publish("message-model", Job);
        await provider.Held.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await using var held = point == KillPoint.BeforeTheCommit ? await HoldCommits() : null;
        await Reach(point, provider, link, client);
        await worker.Kill();
        return client;
    }

    async Task Reach(KillPoint point, HoldingLink provider, HoldingLink link, AmqpClient client)
    {
        if (point is KillPoint.BeforeThePublish or KillPoint.BeforeTheAck)
            link.Hold(point == KillPoint.BeforeThePublish ? Way.There : Way.Back);
        if (point >= KillPoint.BeforeTheCommit)
            provider.Release();
        if (point == KillPoint.BeforeTheCommit)
            await UntilTheCommitWaits();
        if (point == KillPoint.BeforeThePublish)
            await Eventually.Is(async () => (await Record()).State == "completed");
        if (point == KillPoint.BeforeTheAck)
            await client.Ending("j");
    }

    async Task<JobRecord> Record() =>
        Assert.Single(await new RecordSearch(Database).Find(["j"], null, Cancellation));
}
