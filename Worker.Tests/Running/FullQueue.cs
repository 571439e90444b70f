using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Tests.Running;

static class FullQueue
{
    /// <summary>Declares a full queue, which rejects all messages.</summary>
    /// <param name="channel">A channel with confirms.</param>
    /// <param name="name">The queue's name.</param>
    /// <param name="kind"><c>classic</c> or <c>quorum</c>.</param>
    public static async Task Declare(IChannel channel, string name, string kind)
    {
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-queue-type"] = kind,
                ["x-max-length"] = 1,
                ["x-overflow"] = "reject-publish"
            }, cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<PublishException>(async () =>
        {
            for (var taken = 0; taken < 100; taken++)
                await channel.BasicPublishAsync("", name, mandatory: true, new BasicProperties(), "{}"u8.ToArray(),
                    TestContext.Current.CancellationToken);
        });
    }
}
