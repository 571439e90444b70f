using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>A worker on a real broker that receives unusable messages and must continue.</summary>
public abstract class GiveBackScene(WorkerScene scene) : IClassFixture<WorkerScene>
{
    private protected const string Envelope = "application/vnd.masstransit+json";
    private protected const string Most = "\"model\":\"m\",\"messages\":[{\"text\":\"x\"}]";
    private protected readonly AmqpClient client = scene.Client;

    private protected WorkerScene Scene => scene;
}
