using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security.Forging;

/// <summary>A worker on a real broker, and a hostile sender.</summary>
public abstract class ForgedMessageScene(WorkerScene scene) : IClassFixture<WorkerScene>
{
    private protected const string Envelope = "application/vnd.masstransit+json";
    private protected readonly AmqpClient client = scene.Client;
    private protected readonly string prefix = scene.Prefix;

    private protected WorkerScene Scene => scene;

    private protected static string Job(string job) => $$"""{"jobId":"{{job}}","model":"m","messages":[{"text":"x"}]}""";

    // A question about something that does not exist closes its channel.
    private protected async Task<T> Look<T>(Func<IChannel, Task<T>> look, T absent)
    {
        await using var channel = await client.NewChannel();
        try
        {
            return await look(channel);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return absent;
        }
    }
}
