using System.Text;
using OpenAIWorker.Delivery.Broker.Fast;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Tests.Delivery.Broker.Fast;

public sealed class ConcurrentConsumerSpecs
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Deliveries_go_on_side_by_side()
    {
        var held = new HeldConsumer(deliveries: 2);
        var consumer = new ConcurrentConsumer(held);

        await Deliver(consumer, 1, "one"u8.ToArray());
        await Deliver(consumer, 2, "two"u8.ToArray());

        await held.AllBegun.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        held.GoOn.SetResult();
    }

    [Fact]
    public async Task Body_outlives_the_buffer_of_the_client()
    {
        var held = new HeldConsumer(deliveries: 1);
        var body = """{"jobId":"kept"}"""u8.ToArray();

        await Deliver(new ConcurrentConsumer(held), 1, body);
        body.AsSpan().Clear();
        held.GoOn.SetResult();

        Assert.Equal("""{"jobId":"kept"}""",
            await held.FirstBody.Task.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    static Task Deliver(ConcurrentConsumer consumer, ulong tag, byte[] body) => consumer.HandleBasicDeliverAsync(
        "consumer", tag, redelivered: false, "exchange", "message-model", new BasicProperties(), body,
        TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

    // Reads the body after a signal, like a consumer that awaited something.
    sealed class HeldConsumer(int deliveries) : AsyncDefaultBasicConsumer(null!)
    {
        int begun;

        public TaskCompletionSource AllBegun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<string> FirstBody { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey,
            IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref begun) == deliveries)
                AllBegun.SetResult();
            await GoOn.Task;
            FirstBody.TrySetResult(Encoding.UTF8.GetString(body.Span));
        }
    }
}
