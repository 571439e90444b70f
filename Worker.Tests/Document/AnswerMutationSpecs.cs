using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.World;

namespace OpenAIWorker.Tests.Document;

/// <summary>
/// The emulator's answers with one member changed. Whatever arrives, the job ends with a message that names the error,
/// and never as a fault of the worker. If OpenAI's document allows an answer without a member, the worker accepts it.
/// </summary>
public sealed class AnswerMutationSpecs
{
    const int AtOnce = 16;

    static readonly (string Name, JobRequest Job)[] Asked =
    [
        ("responses", Messages.Smallest with { ReasoningEffort = "low", ReasoningSummary = "auto", TopLogprobs = 1 }),
        ("chat", Messages.SmallestChat with { TopLogprobs = 1 }),
        ("classify", new ClassifyText { Text = "x" }),
        ("image", Messages.Image),
        // Each number is spoilt as any other.
        ("embeddings", Messages.Embeddings with { Dimensions = 2 }),
        ("conversation", new CreateConversation()),
        ("files", new ListFiles()),
    ];

    // The purpose of an answer: without this member there is no answer, even if the document calls it optional.
    static readonly string[] Needed = ["choices", "message", "content", "text", "output", "data", "b64_json",
        "embedding", "results", "id", "object", "type"];

    public static TheoryData<string> Names => [.. Asked.Select(one => one.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task Anything_in_the_place_of_an_answer_ends_the_job_well(string name)
    {
        var document = OpenAIDocument.Needed();
        var job = Asked.Single(one => one.Name == name).Job;
        var (schema, sound) = await SoundAnswer(document, job);
        await using var provider = new ProviderSocket();
        await using var worker = await EmbeddedWorker.Start($"--OpenAI:Credentials:default:BaseUrl={provider.BaseUrl}",
            "--Delivery:OnCredentialFailure=Fail");
        var wrong = new List<string>();

        foreach (var some in MutationSpecs.Mutations(sound).Chunk(AtOnce))
            wrong.AddRange((await Task.WhenAll(some.Select(one => Judge(document, schema, provider, worker, job, one))))
                .OfType<string>());

        Assert.True(wrong.Count == 0, $"{wrong.Count} answers end badly:\n{string.Join('\n', wrong.Take(30))}");
    }

    static async Task<string?> Judge(OpenAIDocument document, string schema, ProviderSocket provider,
        EmbeddedWorker worker, JobRequest job, (string Place, JsonNode Body) spoilt)
    {
        var id = Guid.NewGuid().ToString("N");
        provider.Answer(id, _ => ProviderSocket.Http(200, "application/json", spoilt.Body.ToJsonString()));
        var named = job with { JobId = id, MaxRetries = 0, Deadline = TimeProvider.System.GetUtcNow().AddMinutes(1) };
        // A refusal must not delay the others.
        var ending = await worker.End(named is MessageModel message ? message with { Model = id } : named);
        if (ending.GetProperty("ending").GetString() == Endings.Completed)
            return null;
        if (ending.GetProperty("code").GetString() is FailureCodes.WorkerError or FailureCodes.Poison)
            return $"{spoilt.Place}: {ending.GetProperty("message")}";
        var isLessOnly = spoilt.Place.StartsWith("without ", StringComparison.Ordinal)
            && !Needed.Contains(spoilt.Place.Split(' ', '.')[^1]) && !char.IsDigit(spoilt.Place[^1]);
        return isLessOnly && document.IsValid(schema, JsonSerializer.SerializeToElement(spoilt.Body))
            ? $"{spoilt.Place} is right by the document: {ending.GetProperty("message")}"
            : null;
    }

    static async Task<(string Schema, JsonElement Answer)> SoundAnswer(OpenAIDocument document, JobRequest job)
    {
        await using var worker = await EmbeddedWorker.Start();
        await worker.End(job);
        var call = worker.OnlyCall;
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        using var again = new HttpRequestMessage(new(call.Method), new Uri(worker.Emulator.BaseUrl, call.Path));
        if (call.RawBody.Length > 0)
            again.Content = new StringContent(call.Body.GetRawText(), Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(again, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (document.Response(call.Method, call.Path.Split('?')[0]["/v1".Length..])!, JsonElement.Parse(text));
    }
}
