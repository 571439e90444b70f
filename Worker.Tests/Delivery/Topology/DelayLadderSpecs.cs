using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Delivery.Topology;

public sealed class DelayLadderSpecs
{
    static readonly IReadOnlyList<string> Queues =
        [.. OperationCatalog.All.Select(operation => RecordedBroker.QueueNames.Queue(operation.Name))];

    [Theory]
    [InlineData("a.b", "a.b", true)]
    [InlineData("*.1.#", "0.1.openai.message-model", true)]
    [InlineData("*.1.#", "0.0.openai.message-model", false)]
    [InlineData("#.openai.classify-text", "0.1.openai.classify-text", true)]
    [InlineData("#.openai.classify-text", "0.1.openai.message-model", false)]
    public void Topics_are_matched_as_RabbitMQ_does(string pattern, string key, bool matches) =>
        Assert.Equal(matches, TopicRouting.Matches(pattern.Split('.'), key.Split('.')));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Job_comes_to_its_queue_alone_after_its_delay_rounded_up(bool quorum)
    {
        var broker = await RecordedBroker.Declared(quorum);
        foreach (var delay in Delays(300))
        {
            var queue = Queues[(int)(delay.Ticks % Queues.Count)];

            var (arrived, waited) = Walk(broker, RecordedBroker.Ladder.Route(delay, queue));

            Assert.Equal((queue, TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds))), (arrived, waited));
        }
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(0.001, 1)]
    [InlineData(1, 1)]
    [InlineData(1.001, 2)]
    [InlineData(131_071, 131_071)]
    [InlineData(1_000_000, 131_071)]
    public async Task Shortest_delay_is_a_second_and_the_longest_climbs_once(double wish, double seconds)
    {
        var (_, waited) = Walk(await RecordedBroker.Declared(quorum: true),
            RecordedBroker.Ladder.Route(TimeSpan.FromSeconds(wish), Queues[0]));

        Assert.Equal(TimeSpan.FromSeconds(seconds), waited);
    }

    [Fact]
    public void Every_job_enters_at_the_highest_level_where_it_stops()
    {
        foreach (var delay in Delays(300))
        {
            var (exchange, key) = RecordedBroker.Ladder.Route(delay, Queues[0]);
            var highest = DelayLadder.Levels - 1 - Array.IndexOf(key.Split('.'), "1");

            Assert.Equal(RecordedBroker.Ladder.Level(highest), exchange);
        }
    }

    /// <summary>
    /// Follows a message to the queue where no time to live moves it on; fails if it would be lost or duplicated.
    /// </summary>
    static (string Queue, TimeSpan Waited) Walk(RecordedBroker broker, (string Exchange, string RoutingKey) route)
    {
        var waited = TimeSpan.Zero;
        for (var exchange = route.Exchange; ;)
        {
            var taker = Assert.Single(broker.Takers(exchange, route.RoutingKey));
            if (!taker.IsQueue)
                exchange = taker.To;
            else if (broker.Queues[taker.To].TryGetValue("x-message-ttl", out var milliseconds))
                (waited, exchange) = (waited + TimeSpan.FromMilliseconds((long)milliseconds!),
                    (string)broker.Queues[taker.To]["x-dead-letter-exchange"]!);
            else
                return (taker.To, waited);
        }
    }

    // Evenly spread over the levels, not over the seconds, because short delays are the usual case. The seed is fixed,
    // so that failures are repeatable.
    static TimeSpan[] Delays(int count)
    {
        var random = new Random(17);
        return [.. Enumerable.Range(0, count)
            .Select(_ => TimeSpan.FromSeconds(1) * Math.Pow(2, random.NextDouble() * (DelayLadder.Levels - 0.001)))];
    }
}
