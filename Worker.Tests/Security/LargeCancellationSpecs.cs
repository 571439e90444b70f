using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Filters;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>Cancellations with invalid ids of several megabytes: nothing of them is stored or read.</summary>
public sealed class LargeCancellationSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const int Large = 8 * 1024 * 1024;

    readonly string prefix = broker.CommonPrefix();

    [Theory]
    [InlineData(1, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    [InlineData(Large, false)]
    public void An_id_of_more_than_256_characters_is_none(int length, bool isOne)
    {
        var cancelled = new CancelledJobs(Options.Create(new DeliveryOptions()), new FakeTimeProvider());
        var id = new string('x', length);

        if (CancelOrder.Of(new() { JobId = id }, null, default) is { } order)
            cancelled.Add(order);

        Assert.Equal((isOne, isOne ? 1 : 0), (Contains(cancelled, id), cancelled.Count));
    }

    [Fact]
    public void A_bounded_number_is_kept_each_as_a_hash()
    {
        var cancelled = new CancelledJobs(Options.Create(new DeliveryOptions()), new FakeTimeProvider());

        for (var number = 0; number < 250_000; number++)
            cancelled.Add(CancelOrder.Of(new() { JobId = $"job {number}" }, null, default)!.Value);

        Assert.Equal((100_000, false, true),
            (cancelled.Count, Contains(cancelled, "job 1"), Contains(cancelled, "job 249999")));
    }

    [Theory]
    [InlineData(64 * 1024, true)]
    [InlineData(64 * 1024 + 1, false)]
    public void Longer_messages_than_an_id_needs_are_passed_over_unread(int bytes, bool fits) =>
        Assert.Equal(fits, ShortMessages.Fits(bytes));

    [Fact]
    public async Task Others_are_heard_behind_them_by_a_worker_that_runs_and_by_one_that_starts()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        for (var number = 0; number < 3; number++)
            await client.Publish("cancel-job",
                Encoding.UTF8.GetBytes($$"""{"jobId":"{{number}}{{new string('x', Large)}}"}"""));

        await One_more_is_heard(client, "first");
        Assert.Equal(1, worker.Services.GetRequiredService<CancelledJobs>().Count);
        await using var another = await BrokerWorker.Start(broker, prefix, emulator);
        await One_more_is_heard(client, "second");

        Assert.InRange(another.Services.GetRequiredService<CancelledJobs>().Count, 1, 2);
    }

    static bool Contains(CancelledJobs cancelled, string id) =>
        cancelled.Contains(new CancelMarks(CancelTarget.HashOf(id), default, default, default));

    // The stream is read in order: everything before has been read by then.
    static async Task One_more_is_heard(AmqpClient client, string job)
    {
        await client.Publish("cancel-job", $$"""{"jobId":"{{job}}"}""");
        await client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"m+slow:20000","messages":[{"text":"x"}]}""", new() { Persistent = true });
        Assert.Equal("cancelled", (await client.Ending(job)).Code);
    }
}
