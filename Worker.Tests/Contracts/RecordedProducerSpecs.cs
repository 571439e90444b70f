using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Contracts;

/// <summary>
/// Messages of producers of earlier releases. These files are never edited: a change that breaks one breaks somebody's
/// program.
/// </summary>
public sealed class RecordedProducerSpecs
{
    public static TheoryData<string> Files =>
        [.. Repository.Files("Worker.Tests/Contracts/recorded", "*.request.json")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Job_of_an_older_producer_is_read_and_nothing_of_it_is_lost(string file)
    {
        var operation = OperationCatalog.Named(Path.GetFileName(file).Split('.')[0])!;
        var sent = Repository.Read(file);

        var read = JsonSerializer.Deserialize(sent, operation.Request, BusJson.Options);
        CommonCheck.Of((JobRequest)read!);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(sent), JsonSerializer.SerializeToNode(read, operation.Json)),
            $"{file} is read as {read}");
    }
}
