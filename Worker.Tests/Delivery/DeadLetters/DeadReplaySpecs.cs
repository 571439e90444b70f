using System.Diagnostics;
using System.Text;
using OpenAIWorker.Cli;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.DeadLetters;

public sealed class DeadReplaySpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const int Letters = 60;

    readonly string prefix = broker.CommonPrefix();

    [Fact]
    public async Task A_replay_that_is_killed_neither_loses_nor_doubles_a_job()
    {
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await WithLetters(channel);

        using var replay = Start("dead", "replay", "--all", "--rate", "20");
        await Eventually.Is(() => Count(channel, "message-model") >= 5);
        replay.Kill();
        await replay.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Eventually.Is(() => Count(channel, "message-model") + Count(channel, "message-model.dead") == Letters);
        string[] left = [.. await Ids(channel, "message-model"), .. await Ids(channel, "message-model.dead")];
        Assert.Equal(Letters, left.Distinct().Count());
        Assert.Equal(Letters, left.Length);
    }

    [Fact]
    public async Task A_filter_and_a_dry_run_touch_nothing_else()
    {
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await WithLetters(channel);

        Assert.Equal(ExitCodes.Success, await Run("dead", "replay", "--dry-run"));
        Assert.Equal(ExitCodes.Success, await Run("dead", "replay", "--job", "j7"));
        Assert.Equal(ExitCodes.Success, await Run("dead", "drop", "--code", "nothing"));

        await Eventually.Is(() => Count(channel, "message-model.dead") == Letters - 1);
        var replayed = Assert.Single(await Get(channel, "message-model"));
        Assert.Equal(("j7", "{}"), (replayed.BasicProperties.MessageId, Encoding.UTF8.GetString(replayed.Body.Span)));
        // Of its failure nothing is left but that the job begins anew, and when that was.
        Assert.Equal(["openai-worker-replay", "openai-worker-sent-again"], replayed.BasicProperties.Headers!.Keys
            .Where(name => name.StartsWith("openai-worker-", StringComparison.Ordinal)).Order());
    }

    async Task WithLetters(IChannel channel)
    {
        // The first worker declares the queues.
        await using (var emulator = await OpenAIEmulator.Start())
        await using (await BrokerWorker.Start(broker, prefix, emulator))
        {
        }
        Assert.Equal(ExitCodes.Success, await Run("dead", "list"));
        for (var i = 0; i < Letters; i++)
            await channel.BasicPublishAsync("", $"{prefix}.message-model.dead", mandatory: true,
                new BasicProperties
                {
                    Persistent = true,
                    Headers = new Dictionary<string, object?>
                    {
                        ["openai-worker-job-id"] = $"j{i}",
                        ["openai-worker-code"] = "provider_error"
                    }
                }, "{}"u8.ToArray());
        await Eventually.Is(() => Count(channel, "message-model.dead") == Letters);
    }

    // A channel takes one question at a time.
    uint Count(IChannel channel, string queue) =>
        channel.MessageCountAsync($"{prefix}.{queue}").GetAwaiter().GetResult();

    async Task<IReadOnlyList<string>> Ids(IChannel channel, string queue) =>
        [.. (await Get(channel, queue)).Select(IdOf)];

    static string IdOf(BasicGetResult got) =>
        got.BasicProperties.Headers?.TryGetValue("openai-worker-job-id", out var id) == true
            ? Encoding.UTF8.GetString((byte[])id!)
            : got.BasicProperties.MessageId!;

    async Task<IReadOnlyList<BasicGetResult>> Get(IChannel channel, string queue)
    {
        var all = new List<BasicGetResult>();
        while (await channel.BasicGetAsync($"{prefix}.{queue}", autoAck: true) is { } got)
            all.Add(got);
        return all;
    }

    async Task<int> Run(params string[] words)
    {
        using var process = Start(words);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    Process Start(params string[] words) => Process.Start(new ProcessStartInfo(
        "dotnet", [WorkerProgram.Path, .. words, $"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={prefix}"])
    { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
