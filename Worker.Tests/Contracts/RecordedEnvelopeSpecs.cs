using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Operations;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Contracts;

/// <summary>
/// What MassTransit sent for producers of earlier releases: the same jobs as the plain ones beside them, in envelopes.
/// </summary>
public sealed class RecordedEnvelopeSpecs(WorkerScene scene) : IClassFixture<WorkerScene>
{
    const string Envelope = ".envelope.json";

    public static TheoryData<string> Files => [.. Repository.Files("Worker.Tests/Contracts/recorded", $"*{Envelope}")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Job_in_an_older_envelope_is_the_plain_one(string file)
    {
        var operation = OperationCatalog.Named(Path.GetFileName(file).Split('.')[0])!;
        var message = JsonNode.Parse(Repository.Read(file))!["message"]!.ToJsonString();

        var read = JsonSerializer.Deserialize(message, operation.Request, BusJson.Options);

        var plain = Repository.Read(file.Replace(Envelope, ".request.json", StringComparison.Ordinal));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(plain), JsonSerializer.SerializeToNode(read, operation.Json)),
            $"{file} is read as {read}");
    }

    [Theory]
    [InlineData("0.1.0")]
    public async Task Older_envelope_is_a_job(string release)
    {
        var envelope = Repository.Read($"Worker.Tests/Contracts/recorded/{release}/message-model{Envelope}");

        await scene.Client.Publish("message-model", envelope,
            new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true });

        Assert.Equal("message-model.completed", (await scene.Client.Ending("greeting-1")).RoutingKey);
    }
}
