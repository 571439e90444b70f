using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// A broker that accepts smaller messages than the settings say: it closes the channel of a client that sends more, and
/// returns all its deliveries.
/// </summary>
public sealed class SmallerBrokerSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const int Mebibyte = 1024 * 1024;

    readonly MessageBound bound = new(Options.Create(new BrokerOptions { LargestMessage = 16 * Mebibyte }),
        NullLogger<MessageBound>.Instance);

    [Theory]
    [InlineData(406, "PRECONDITION_FAILED - message size 400000 is larger than configured max size 300000", 300_000,
        true)]
    [InlineData(406, "PRECONDITION_FAILED - message size 400000 is larger than the configured max size 300000", 300_000,
        true)]
    [InlineData(406, "PRECONDITION_FAILED - message size 99999999 is larger than configured max size 99999998",
        16 * Mebibyte, true)]
    [InlineData(406, "PRECONDITION_FAILED - inequivalent arg 'durable' for exchange 'e'", 16 * Mebibyte, false)]
    [InlineData(406, "message size 99999999999999999999 is larger than configured max size 99999999999999999999",
        16 * Mebibyte, false)]
    [InlineData(404, "message size 400000 is larger than configured max size 300000", 16 * Mebibyte, false)]
    public void What_it_says_is_kept_to_from_then_on(int code, string reason, int largest, bool isLearnt)
    {
        Assert.Equal(isLearnt, bound.Learn(new ShutdownEventArgs(ShutdownInitiator.Peer, (ushort)code, reason)));

        Assert.Equal(largest, bound.Largest);
        Assert.Equal(isLearnt && largest < 16 * Mebibyte, bound.IsRefused(largest + 1));
        Assert.False(bound.IsRefused(largest));
    }

    [Fact]
    public async Task A_result_that_it_refuses_ends_its_job_once_with_its_usage_and_the_others_go_on()
    {
        Assert.SkipWhen(broker.Version < new Version(4, 0),
            "Before 4.0 the broker takes 128 MiB, more than an answer may have.");
        await using var provider = await FileHost.Start(http => http.Response.WriteAsync(
            $$$"""{"status":"completed","model":"m","usage":{"input_tokens":3,"output_tokens":4},"output":[{"type":"message","content":[{"type":"output_text","text":"{{{new string('x', 17 * Mebibyte)}}}"}]}]}"""));
        var prefix = BrokerFixture.NewPrefix();
        await using var worker = await BrokerWorker.Start(broker, prefix, null,
            [$"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1",
                $"--Broker:LargestMessage={64 * Mebibyte}"]);
        await using var client = await AmqpClient.Open(broker, prefix);

        foreach (var job in new[] { "large-1", "large-2" })
            await client.Publish("message-model", $$"""{"jobId":"{{job}}","model":"m","messages":[{"text":"x"}]}""");

        foreach (var job in new[] { "large-1", "large-2" })
        {
            var ending = await client.Ending(job);
            Assert.Equal(FailureCodes.ResultTooLarge, ending.Code);
            Assert.Equal(4, ending.Body.GetProperty("usage").GetProperty("outputTokens").GetInt32());
            Assert.Single(client.Events, arrived => arrived.JobId == job);
        }
        Assert.Equal(2, provider.Calls);
    }
}
