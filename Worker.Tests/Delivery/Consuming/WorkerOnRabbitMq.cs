using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>One worker on a real broker, and a client that knows only AMQP.</summary>
public abstract class WorkerOnRabbitMq(WorkerScene scene) : IClassFixture<WorkerScene>
{
    private protected const string Hello = """{"model":"m","messages":[{"text":"Hello"}]}""";
    private protected readonly AmqpClient client = scene.Client;
    private protected readonly OpenAIEmulator emulator = scene.Emulator;
    private protected readonly string prefix = scene.Prefix;

    private protected WorkerScene Scene => scene;
}
