using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Document;

/// <summary>
/// The shipped examples, whole and member by member, as the provider receives them: correct by OpenAI's document and by
/// the emulator.
/// </summary>
public sealed class ExampleRequestSpecs
{
    internal const string Bytes = "iVBORw0KGgo=";

    // Members that control how a job is run, and are not sent to the API.
    static readonly string[] OfTheJob = ["jobId", "credential", "timeout", "maxRetries", "notBefore", "deadline",
        "priority", "group", "metadata"];

    // Without these an example requests nothing.
    static readonly string[] Kept =
    [
        "model", "messages", "text", "texts", "images", "prompt", "voice", "audio", "file", "fileId", "path", "body",
        "name", "api",
        "assistantId", "assistantName", "conversationId", "responseFormat", "input",
    ];

    public static TheoryData<string> Requests =>
        [.. Example.All.Where(example => example.Type.IsSubclassOf(typeof(JobRequest)))
            .Select(example => example.File)];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Every_call_of_an_example_is_as_the_document_says(string file)
    {
        var document = OpenAIDocument.Needed();
        var example = new Example(file);
        await using var worker = await EmbeddedWorker.Start(new EmulatorOptions
        {
            Assistants = true,
            BackgroundTime = TimeSpan.FromMilliseconds(10)
        }, "--OpenAI:PollInterval=00:00:00.1",
                "--OpenAI:Timeout=00:00:05");

        foreach (var job in Variants(example))
        {
            // A request that calls nothing has members that need each other; together they are in the whole example.
            // The address of an example's file leads nowhere here, and a second attempt would not help.
            await worker.End((JobRequest)job.Deserialize(example.Type, ContractJson.Default)! with { MaxRetries = 0 });
            foreach (var call in worker.Emulator.Calls)
                Judge(document, call, job);
            worker.Emulator.Clear();
        }
    }

    static void Judge(OpenAIDocument document, ReceivedCall call, JsonObject job)
    {
        // A thing that this emulator does not have is reported as a wrong request, too.
        Assert.True(call.Status is not 400 || call.Body.Text("previous_response_id") is not null,
            $"{call.Method} {call.Path} was refused: {call.Body}, of {job}");
        var isForm = call.Headers.GetValueOrDefault("Content-Type")?.StartsWith("multipart/",
            StringComparison.Ordinal) == true;
        if (call.Body.ValueKind != JsonValueKind.Object
            || document.Request(call.Method, call.Path.Split('?')[0]["/v1".Length..], isForm) is not { } schema)
            return;
        var problems = document.Problems(schema, isForm ? FormReading.Read(document, schema, call.Body) : call.Body);
        Assert.True(problems.Count == 0, $"{string.Join('\n', problems.Take(5))}\n{call.Body}\nof {job}");
    }

    // The whole, and what each of the others needs.
    internal static IEnumerable<JsonObject> Variants(Example example)
    {
        var whole = JsonNode.Parse(example.Json)!.AsObject();
        foreach (var member in OfTheJob)
            whole.Remove(member);
        WithBytes(whole);
        yield return whole;
        foreach (var name in whole.Select(member => member.Key).Except(Kept).ToList())
            yield return new(whole.Where(member => member.Key == name || Kept.Contains(member.Key))
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
    }

    // The test's store has none of the examples' payloads, and the hosts of their addresses are not called.
    static void WithBytes(JsonNode? node)
    {
        if (node is JsonArray items)
            foreach (var item in items)
                WithBytes(item);
        if (node is not JsonObject owner)
            return;
        if (owner["payload"] is JsonObject payload)
        {
            owner.Remove("payload");
            owner["base64"] = Bytes;
            owner["fileName"] ??= payload["fileName"]?.DeepClone() ?? "file.png";
            owner["contentType"] ??= payload["contentType"]?.DeepClone();
        }
        foreach (var (_, inner) in owner.ToList())
            WithBytes(inner);
    }
}
