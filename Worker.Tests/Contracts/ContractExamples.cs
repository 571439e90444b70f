using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Text;

namespace OpenAIWorker.Tests.Contracts;

public sealed partial class ContractExamples
{
    static readonly JsonSerializerOptions Strict = new(ContractJson.Default.Options)
    {
        TypeInfoResolver = ContractJson.Default,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static TheoryData<string> Files => [.. Example.All.Select(example => example.File)];

    public static TheoryData<string> Requests =>
        [.. Example.All.Where(example => example.Type.IsSubclassOf(typeof(JobRequest)))
            .Select(example => example.File)];

    public static TheoryData<string> Operations => [.. OperationCatalog.All.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Example_is_read_strictly_and_written_as_it_was(string file)
    {
        var example = new Example(file);

        var written = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(example.Json, example.Type, Strict),
            example.Type, Strict);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(example.Json), written), $"{file} is written as {written}");
    }

    [Fact]
    public void Every_message_has_an_example() => Assert.Equal(
        ContractTypes.Messages,
        Example.All.Select(example => example.Type).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_member_of_a_request_is_in_an_example(string operation)
    {
        var request = OperationCatalog.Named(operation)!.Request;
        var shown = Example.All.Where(example => example.Type == request)
            .SelectMany(example => JsonNode.Parse(example.Json)!.AsObject()).Select(member => member.Key);

        Assert.Empty(request.GetProperties().Select(member => member.OnTheWire()).Except(shown));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Worker_takes_every_request(string file)
    {
        var request = (JobRequest)JsonSerializer.Deserialize(new Example(file).Json, new Example(file).Type, Strict)!;

        CommonCheck.Of(request);
        if (request is MessageModel message)
            MessageModelCheck.Of(message,
                throughResponses: ApiChoice.Of(message, ModelApi.Responses) == ModelApi.Responses);
    }

    [Fact]
    public void Pages_show_the_files_themselves()
    {
        var shown = ContractPages.All.SelectMany(page => ShownFile().Matches(Repository.Read(page))).ToList();

        Assert.Equal(Example.All.Select(example => example.File)
            .Where(file => !file.Contains(".full.", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            shown.Select(file => file.Groups["file"].Value).Order(StringComparer.Ordinal));
        Assert.All(shown, file => Assert.Equal(new Example(file.Groups["file"].Value).Json, file.Groups["json"].Value));
    }

    // A link to a file, followed by the file's content.
    [GeneratedRegex(@"\]\((?:\.\./)+ops/samples/examples/(?<file>[^)]+)\):\n\n```json\n(?<json>.*?)```",
        RegexOptions.Singleline)]
    private static partial Regex ShownFile();
}
