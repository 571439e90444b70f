using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// Headers that exist in AMQP and that RabbitMQ.Client cannot read, sent to one worker on a real broker: the job
/// completes, and the jobs beside it continue.
/// </summary>
public sealed class UnreadableHeaderSpecs(WorkerScene scene) : IClassFixture<WorkerScene>
{
    readonly AmqpClient client = scene.Client;

    public static TheoryData<string> Names => [.. UnreadableHeader.All.Select(header => header.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_job_waits_and_ends_as_any_other(string name)
    {
        var (job, header) = (Guid.NewGuid().ToString(), UnreadableHeader.All.Single(header => header.Name == name));
        var (written, sent) = header.Forgery;
        var factory = new ConnectionFactory
        {
            Uri = scene.Broker,
            SocketFactory = ForgingSocket.That(written, sent),
            AutomaticRecoveryEnabled = false
        };
        await using var connection = await factory.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel =
            await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: true), TestContext.Current.CancellationToken);

        await channel.BasicPublishAsync(
            $"{scene.Prefix}.jobs", "message-model", mandatory: true, header.Properties(job),
            Encoding.UTF8.GetBytes("""{"model":"m+status:500#1","messages":[{"text":"x"}]}"""),
            TestContext.Current.CancellationToken);
        var ending = await client.Ending(job);

        Assert.Equal(Endings.Completed, ending.Code ?? Endings.Completed);
        Assert.Equal("message-model.completed", ending.RoutingKey);
    }
}
