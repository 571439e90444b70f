using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using OpenAIWorker.Delivery.Broker;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Broker;

/// <summary>Reading a stream to its end.</summary>
public sealed class ChannelsSpecs
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_reading_has_ended_no_acknowledgement_follows_it()
    {
        var channel = DispatchProxy.Create<IChannel, Recording>();
        var broker = (Recording)(object)channel;
        var read = 0;
        var following = await channel.Follow("stream", 10, _ => read++, null, Cancellation);

        var first = broker.Deliver(1);
        var ending = following.DisposeAsync().AsTask();
        var endedAtOnce = ending.IsCompleted;
        broker.Acknowledged.SetResult();
        await first;
        await ending;
        await broker.Deliver(2);

        Assert.Equal((false, 1, 1), (endedAtOnce, read, broker.Acknowledgements));
    }

    [SuppressMessage("Performance", "CA1852", Justification = "The proxy is derived from it at run time.")]
    class Recording : DispatchProxy
    {
        IAsyncBasicConsumer? consumer;

        /// <summary>Until then an acknowledgement is on its way.</summary>
        public TaskCompletionSource Acknowledged { get; } = new();

        public int Acknowledgements { get; private set; }

        public Task Deliver(ulong tag) => consumer!.HandleBasicDeliverAsync("c", tag, false, "", "stream",
            new BasicProperties(), ReadOnlyMemory<byte>.Empty, Cancellation);

        protected override object? Invoke(MethodInfo? method, object?[]? args)
        {
            switch (method!.Name)
            {
                case nameof(IChannel.BasicQosAsync):
                    return Task.CompletedTask;
                case nameof(IChannel.BasicConsumeAsync):
                    consumer = args!.OfType<IAsyncBasicConsumer>().Single();
                    return Task.FromResult("c");
                case nameof(IChannel.BasicAckAsync):
                    Acknowledgements++;
                    return new ValueTask(Acknowledged.Task);
                default:
                    throw new NotSupportedException(method.Name);
            }
        }
    }
}
