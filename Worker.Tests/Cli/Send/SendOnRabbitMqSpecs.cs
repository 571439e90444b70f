using System.Diagnostics;
using System.Text.Json;
using OpenAIWorker.Cli;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Cli.Send;

public sealed class SendOnRabbitMqSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Waiting_prints_the_answer_of_a_worker_elsewhere()
    {
        using var send = Start("send", "message-model", "--model", "m", "Hello", "--wait");

        Assert.Contains("Hello", await send.Output(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiting_sender_may_ask_how_many_workers_there_are()
    {
        await using var client = JobClients.Open(
            [$"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={scene.Prefix}"], null, TimeSpan.Zero);
        await using var other = JobClients.Open(
            [$"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={BrokerFixture.NewPrefix()}"], null, TimeSpan.Zero);

        Assert.Equal(1, await client.Workers(TestContext.Current.CancellationToken));
        Assert.Equal(0, await other.Workers(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_waiting_the_jobs_name_is_printed()
    {
        using var send = Start("send", "classify-text", "x");

        var job = await send.Output();

        Assert.Equal("classify-text.completed", (await scene.Client.Ending(job)).RoutingKey);
    }

    [Fact]
    public async Task A_priority_becomes_the_messages()
    {
        await scene.Client.Channel.QueueDeclareAsync($"{scene.Prefix}.copies", durable: true, exclusive: false,
            autoDelete: false);
        await scene.Client.Channel.QueueBindAsync($"{scene.Prefix}.copies", $"{scene.Prefix}.classify-text", "");
        using var send = Start("send", "classify-text", "--priority", "9", "--job-id", "urgent", "x");
        await send.Output();

        var copy = await scene.Client.Get($"{scene.Prefix}.copies");
        await scene.Client.Channel.QueueDeleteAsync($"{scene.Prefix}.copies");

        Assert.Equal(9, copy.BasicProperties.Priority);
    }

    [Fact]
    public async Task Events_that_fit_the_pattern_are_watched_a_line_each()
    {
        using var watch = Start("watch", "*.failed");
        Assert.StartsWith("Watching", await watch.StandardError.ReadLineAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await scene.Client.Publish("message-model",
            """{"jobId":"watched-well","model":"m","messages":[{"text":"x"}]}""");
        await scene.Client.Ending("watched-well");
        await scene.Client.Publish("message-model",
            """{"jobId":"watched-failing","model":"m+status:400","messages":[{"text":"x"}]}""");

        var line = "";
        while (!line.Contains("watched", StringComparison.Ordinal))
            line = await watch.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                ?? throw new InvalidOperationException("It ended.");
        watch.Kill();

        Assert.StartsWith("message-model.failed watched-failing invalid_request", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_watched_as_they_are()
    {
        using var watch = Start("watch", "classify-text.*", "--json");
        Assert.StartsWith("Watching", await watch.StandardError.ReadLineAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await scene.Client.Publish("classify-text", """{"jobId":"watched-whole","text":"x","metadata":{"a":"b"}}""");

        var seen = default(JsonElement);
        while (seen.ValueKind is JsonValueKind.Undefined || seen.GetProperty("jobId").GetString() != "watched-whole")
            seen = JsonElement.Parse(await watch.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                ?? throw new InvalidOperationException("It ended."));
        watch.Kill();

        Assert.True(JsonElement.DeepEquals((await scene.Client.Ending("watched-whole")).Body, seen));
    }

    Process Start(params IReadOnlyList<string> words) => Process.Start(
        new ProcessStartInfo("dotnet",
            [WorkerProgram.Path, .. words, $"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={scene.Prefix}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
