using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Document;

/// <summary>
/// What the worker sends for the examples, with one member changed: the emulator refuses what OpenAI's document
/// refuses, and nothing else without a reason.
/// </summary>
public sealed class MutationSpecs
{
    static readonly JsonNode?[] Others = ["nonsense", 7, -1.5, 1_000_000_000, true, new JsonObject(), new JsonArray(),
        new JsonObject { ["x"] = 1 }, new JsonArray("x")];

    public static TheoryData<string> Requests =>
        [.. Example.All.Where(example => example.Type.IsSubclassOf(typeof(JobRequest))
            && example.File.Contains(".full.", StringComparison.Ordinal)).Select(example => example.File)];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task The_emulators_verdict_is_the_documents(string file)
    {
        var document = OpenAIDocument.Needed();
        var options = new EmulatorOptions { Assistants = true, BackgroundTime = TimeSpan.FromMilliseconds(10) };
        await using var worker = await EmbeddedWorker.Start(options, "--OpenAI:PollInterval=00:00:00.1",
            "--OpenAI:Timeout=00:00:05");
        await worker.End((JobRequest)ExampleRequestSpecs.Variants(new(file)).First()
            .Deserialize(new Example(file).Type, ContractJson.Default)!);
        await using var emulator = await OpenAIEmulator.Start(options);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        http.DefaultRequestHeaders.Add("OpenAI-Beta", "assistants=v2");
        var wrong = new List<string>();

        foreach (var call in worker.Emulator.Calls.Where(call =>
            call.RawBody.Length > 0 && call.Body.ValueKind == JsonValueKind.Object).DistinctBy(call => call.Path))
            if (document.Request(call.Method, call.Path["/v1".Length..], isForm: false) is { } schema)
                foreach (var (place, body) in Mutations(call.Body))
                    wrong.AddRange(await Judge(document, schema, http, new(emulator.BaseUrl, call.Path), place, body));

        Assert.True(wrong.Count == 0, $"{wrong.Count} verdicts differ:\n{string.Join('\n', wrong.Take(40))}");
    }

    static async Task<IEnumerable<string>> Judge(OpenAIDocument document, string schema, HttpClient http, Uri address,
        string place, JsonNode body)
    {
        using var answer = await http.PostAsync(address,
            new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);
        var isRight = document.IsValid(schema, JsonSerializer.SerializeToElement(body));
        var isTaken = (int)answer.StatusCode != 400;
        if (isRight == isTaken)
            return [];
        var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return isRight

            ? EmulatorRules.Beyond(said) is null
            ? [$"{address.AbsolutePath} {place} is refused, and right by the document: {Excerpt.Marked(said, 160)}"]
            : []
            : [
                $"{address.AbsolutePath} {place} is taken, and wrong by the document: "
                    + $"{document.Problems(schema, JsonSerializer.SerializeToElement(body))[0]}"];
    }

    internal static IEnumerable<(string Place, JsonNode Body)> Mutations(JsonElement body)
    {
        foreach (var place in Places(JsonNode.Parse(body.GetRawText())!, []))
        {
            var name = string.Join('.', place);
            yield return ($"without {name}", With(body, place, null, isRemoved: true));
            var now = At(JsonNode.Parse(body.GetRawText())!, place)!;
            foreach (var other in Others.Where(other => other!.GetValueKind() != now.GetValueKind()
                || now.GetValueKind() is JsonValueKind.String or JsonValueKind.Number))
                yield return ($"{name} = {other!.ToJsonString()}", With(body, place, other, isRemoved: false));
        }
    }

    static IEnumerable<object[]> Places(JsonNode node, object[] here) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null)
            .SelectMany(member => Places(member.Value!, [.. here, member.Key]).Prepend([.. here, member.Key])),
        JsonArray items =>
            items.Where(item => item is not null)
                .SelectMany((item, index) => Places(item!, [.. here, index]).Prepend([.. here, index])),
        _ => [],
    };

    static JsonNode? At(JsonNode node, object[] place) =>
        place.Aggregate((JsonNode?)node, (inner, step) => step is int index ? inner![index] : inner![(string)step]);

    static JsonNode With(JsonElement body, object[] place, JsonNode? other, bool isRemoved)
    {
        var changed = JsonNode.Parse(body.GetRawText())!;
        var owner = At(changed, place[..^1])!;
        if (isRemoved && owner is JsonObject members)
            members.Remove((string)place[^1]);
        else if (isRemoved)
            owner.AsArray().RemoveAt((int)place[^1]);
        else if (place[^1] is int index)
            owner[index] = other!.DeepClone();
        else
            owner[(string)place[^1]] = other!.DeepClone();
        return changed;
    }
}
