using System.Diagnostics;
using System.Text;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>
/// A job's trace on a real broker: through the delay ladder, lanes and dead letters, for senders that use only headers.
/// </summary>
[Collection(nameof(Traced))]
public sealed class TraceOnRabbitMqSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    readonly string prefix = broker.CommonPrefix();

    [Theory]
    [InlineData("traceparent")]
    [InlineData("MT-Activity-Id")]
    public async Task A_senders_trace_goes_over_the_delay_ladder_and_on_with_the_events(string header)
    {
        using var traced = new Traced();
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var (trace, sender) = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());

        await client.Publish("message-model", """{"jobId":"j","model":"m+status:500#1","messages":[{"text":"x"}]}""",
            Traced(header, $"00-{trace}-{sender}-01"));
        var ending = await client.Ending("j");

        await Eventually.Is(() => traced.Of(trace).Count(span => span.Kind == ActivityKind.Consumer) == 2);
        Assert.Equal(
            $"""
            process {prefix}.message-model
             chat m+status:500#1
             send {prefix}.delay
             send {prefix}.events
            process {prefix}.message-model
             chat m+status:500#1
             send {prefix}.events
            """,
            traced.Tree(trace, sender));
        Assert.Equal((traced.Of(trace)[^1].Id, $"00-{trace}-{sender}-01"),
            (ending.Header("traceparent"), ending.Header("cloudEvents:traceparent")));
    }

    [Fact]
    public async Task A_job_without_a_trace_starts_one_and_takes_it_along_even_to_the_dead_letters()
    {
        using var traced = new Traced();
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model",
            """{"jobId":"alone","maxRetries":1,"model":"m+status:500","messages":[{"text":"x"}]}""");
        var ending = await client.Ending("alone");
        var letter = await client.Letter("message-model", "alone");

        var trace = ActivityContext.Parse(ending.Header("traceparent")!, null).TraceId;
        await Eventually.Is(() => traced.Of(trace).Count(span => span.Kind == ActivityKind.Consumer) == 2);
        Assert.Equal(["chat m+status:500", "chat m+status:500"],
            traced.Of(trace).Where(span => span.Kind == ActivityKind.Client).Select(span => span.DisplayName));
        Assert.Contains(traced.Of(trace), span => span.DisplayName == $"send {prefix}.message-model.dead");
        Assert.Contains(trace.ToHexString(),
            Encoding.UTF8.GetString((byte[])letter.BasicProperties.Headers!["traceparent"]!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_goes_through_a_lane_which_has_no_name_in_it()
    {
        using var traced = new Traced();
        await using var emulator = await OpenAIEmulator.Start(new EmulatorOptions
        {
            Limits = new Dictionary<string, RateLimit>
            {
                ["slow"] = new()
                {
                    RequestsPerMinute = 120,
                    Burst = TimeSpan.FromSeconds(1)
                }
            },
        });
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Limits:MaxHold=00:00:00"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        var jobs = Enumerable.Range(0, 12)
            .Select(number => (Id: $"lane-{number}", Trace: ActivityTraceId.CreateRandom())).ToList();

        foreach (var job in jobs)
            await client.Publish("message-model",
                $$"""{"jobId":"{{job.Id}}","model":"slow","messages":[{"text":"x"}]}""",
                Traced("traceparent", $"00-{job.Trace}-{ActivitySpanId.CreateRandom()}-01"));
        foreach (var job in jobs)
            await client.Ending(job.Id);

        Assert.Contains(jobs, job => traced.Of(job.Trace).Select(span => span.DisplayName).ToHashSet()
            .IsSupersetOf([$"process {prefix}.message-model", $"send {prefix}.message-model.lane",
                $"process {prefix}.message-model.lane", "chat slow", $"send {prefix}.events"]));
    }

    [Fact]
    public async Task Headers_that_are_no_texts_are_no_trace_and_end_no_worker()
    {
        using var traced = new Traced();
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        object[] odd = [7, true, new List<object?> { 1, "a" }, new Dictionary<string, object?> { ["a"] = 1 },
            new byte[] { 0xff, 0xfe, 0 }, "00-00000000000000000000000000000000-0000000000000000-01"];

        foreach (var (index, value) in odd.Index())
            await client.Publish("message-model",
                $$"""{"jobId":"odd-{{index}}","model":"m+status:500#1","messages":[{"text":"x"}]}""", new()
                {
                    Persistent = true,
                    Headers = new Dictionary<string, object?>
                    {
                        ["traceparent"] = value,
                        ["tracestate"] = value,
                        ["timestamp_in_ms"] = value,
                        ["openai-worker-usage"] = value,
                        ["openai-worker-failed"] = value is 7 ? 0 : value,
                        ["x-delivery-count"] = value
                    },
                });

        foreach (var index in Enumerable.Range(0, odd.Length))
            Assert.Equal("message-model.completed", (await client.Ending($"odd-{index}")).RoutingKey);
    }

    [Fact]
    public async Task A_trace_that_is_not_sampled_is_passed_on_and_not_told()
    {
        await using var collector = await Collector.Start();
        await using var emulator = await OpenAIEmulator.Start();
        await using (var worker = await BrokerWorker.Start(broker, prefix, emulator, collector.Settings))
        {
            await using var client = await AmqpClient.Open(broker, prefix);
            await client.Publish("message-model", """{"jobId":"quiet","model":"m","messages":[{"text":"x"}]}""",
                Traced("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"));
            await client.Publish("message-model", """{"jobId":"loud","model":"m","messages":[{"text":"x"}]}""",
                Traced("traceparent", "00-0af7651916cd43dd8448eb211c80319d-b7ad6b7169203331-01"));
            await client.Ending("loud");

            Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-",
                (await client.Ending("quiet")).Header("traceparent"), StringComparison.Ordinal);
        }

        Assert.Contains("loud", collector.All("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain("quiet", collector.All("traces"), StringComparison.Ordinal);
    }

    static BasicProperties Traced(string header, string value) =>
        new() { Persistent = true, Headers = new Dictionary<string, object?> { [header] = value } };
}
