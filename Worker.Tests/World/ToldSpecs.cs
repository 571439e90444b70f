using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.World;

/// <summary>
/// Answers and refusals in the forms of many providers, a file for each kind, a line for each: the job, the response,
/// and the members that its ending must have. The provider's explanation reaches the sender unchanged.
/// </summary>
public sealed class ToldSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    static readonly Dictionary<string, string> Jobs = new()
    {
        ["chat"] = """{"operation":"message-model","api":"chatCompletions","messages":[{"text":"hi"}]}""",
        ["chat, json"] =
            """{"operation":"message-model","api":"chatCompletions","messages":[{"text":"hi"}],"output":"""
                + """{"type":"jsonObject"}}""",
        ["responses"] = """{"operation":"message-model","api":"responses","messages":[{"text":"hi"}]}""",
        ["responses, json"] =
            """{"operation":"message-model","api":"responses","messages":[{"text":"hi"}],"output":"""
                + """{"type":"jsonObject"}}""",
    };

    static string Folder => Repository.PathOf("Worker.Tests/World/told");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public async Task Each_answer_reaches_its_sender_or_ends_as_what_it_says(string file)
    {
        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(File.ReadLines(Path.Combine(Folder, $"{file}.jsonl")),
            TestContext.Current.CancellationToken, async (line, _) =>
        {
            var told = JsonElement.Parse(line);
            try
            {
                await scene.Try(CaseOf(told));
            }
            catch (Xunit.Sdk.XunitException fault)
            {
                wrong.Enqueue($"{told.GetProperty("name")}: {fault.Message}");
            }
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count} are wrong:\n{string.Join('\n', wrong)}");
    }

    static WorldCase CaseOf(JsonElement told)
    {
        var type = told.TryGetProperty("type", out var named) ? named.GetString() : "application/json";
        var headers = told.TryGetProperty("headers", out var given)
            ? given.EnumerateArray().Select(header => header.GetString()!).ToArray()
            : [];
        var status = told.TryGetProperty("status", out var other) ? other.GetInt32() : 200;
        return new(told.GetProperty("name").GetString()!.Replace('.', '-'),
            ProviderSocket.Http(status, type, BodyOf(told), headers), JobOf(told.GetProperty("job")),
            RightOf(told, status));
    }

    static byte[] BodyOf(JsonElement told) =>
        told.TryGetProperty("base64", out var packed) ? packed.GetBytesFromBase64()
        : told.TryGetProperty("json", out var json) ? Encoding.UTF8.GetBytes(json.GetRawText())
        : Encoding.UTF8.GetBytes(told.GetProperty("body").GetString()!);

    static JobRequest JobOf(JsonElement job)
    {
        var whole = job.ValueKind == JsonValueKind.String ? JsonElement.Parse(Jobs[job.GetString()!]) : job;
        var members = whole.EnumerateObject().Where(member => member.Name != "operation")
            .ToDictionary(member => member.Name, member => member.Value);
        return RequestReading.Read(OperationCatalog.Named(whole.GetProperty("operation").GetString()!)!,
            JsonSerializer.SerializeToElement(members));
    }

    // A refusal's body is included unchanged; the lines need not say it.
    static string RightOf(JsonElement told, int status)
    {
        var right = told.GetProperty("right");
        if (status < 300 || !told.TryGetProperty("json", out var json) || right.TryGetProperty("delayed", out _))
            return right.GetRawText();
        var members = right.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        members["error"] = JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["body"] = json });
        return JsonSerializer.Serialize(members);
    }
}
