using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Cancelling;

/// <summary>A backlog behind a limit of one call a minute, on a real broker.</summary>
public abstract class CalledOffScene(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    private protected const int Jobs = 12;

    private protected static readonly string[] OneAMinute = ["--Limits:Groups:slow:Models=slow",
        "--Limits:Groups:slow:RequestsPerMinute=1", "--Delivery:Concurrency=8"];

    private protected BrokerFixture Broker { get; } = broker;

    private protected readonly string prefix = broker.CommonPrefix();

    private protected static async Task Backlog(AmqpClient client, string more)
    {
        for (var i = 0; i < Jobs; i++)
            await client.Publish("message-model",
                $$"""{"jobId":"j{{i}}","model":"slow","messages":[{"text":"x"}]{{more}} }""");
    }

    private protected static async Task Later(AmqpClient client, string job, TimeSpan after, string more = "")
    {
        await client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"m","messages":[{"text":"x"}],"notBefore":"{{TimeProvider.System.GetUtcNow() + after:O}}"{{more}} }""");
        await client.Event(arrived => arrived.JobId == job && arrived.Code == "not_before");
    }

    // Its dead letter shows that it has come up.
    private protected static async Task ToldOnce(AmqpClient client, string job, OpenAIEmulator emulator)
    {
        var letter = await client.Letter("message-model", job);
        Assert.Equal(FailureCodes.Cancelled,
            Encoding.UTF8.GetString((byte[])letter.BasicProperties.Headers![DeadLetterHeaders.Code]!));
        Assert.Equal(FailureCodes.Cancelled, Assert.Single(Endings(client), ending => ending.Key == job).Single().Code);
        Assert.Empty(emulator.Calls);
    }

    private protected static IEnumerable<IGrouping<string, Arrived>> Endings(AmqpClient client) =>
        client.Events.Where(arrived => !arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal))
            .GroupBy(arrived => arrived.JobId);

    private protected static int Delayed(AmqpClient client) =>
        client.Events.Where(arrived => arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal))
            .DistinctBy(arrived => arrived.JobId).Count();
}
