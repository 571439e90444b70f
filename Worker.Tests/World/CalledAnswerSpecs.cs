using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tests.World;

/// <summary>How <c>call-api</c>, and so every line of a Batch file, reads answers with a status of success.</summary>
public sealed class CalledAnswerSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    const string Json = "application/json";
    const string Page = "<!DOCTYPE html><html><body>Welcome</body></html>";
    const string Events = "data: {\"choices\":[]}\n\ndata: [DONE]\n\n";

    static readonly CallApi Chat = new()
    {
        Path = "chat/completions",
        Body = JsonElement.Parse("""{"model":"m","messages":[]}""")
    };
    static readonly CallApi Response = new()
    {
        Path = "responses",
        Body = JsonElement.Parse("""{"model":"m","input":"x"}""")
    };
    static readonly CallApi Vectors = new()
    {
        Path = "embeddings",
        Body = JsonElement.Parse("""{"model":"m","input":["a","b"]}""")
    };
    static readonly CallApi Other = new() { Path = "things", Body = JsonElement.Parse("{}") };

    static readonly (string Name, CallApi Job, string? Type, string Body, string Right)[] Table =
    [
        ("page", Chat, "text/html", Page,
            """{"code":"broken_answer","kind":"permanent","remedy":"operator","message":"~BaseUrl"}"""),
        ("page as JSON", Chat, Json, Page, """{"code":"broken_answer","kind":"permanent"}"""),
        ("page elsewhere", Other, "text/html", Page, """{"code":"broken_answer","kind":"permanent"}"""),
        ("page of a file", new() { Path = "files/file-1/content" }, "text/html", Page,
            """{"ending":"completed","text":"~Welcome"}"""),
        ("events", Chat, "text/event-stream", Events,
            """{"code":"broken_answer","kind":"permanent","message":"~stream"}"""),
        ("events as text", Other, "text/plain", Events, """{"code":"broken_answer","kind":"permanent"}"""),
        ("words", Chat, "text/plain", "ok", """{"code":"broken_answer"}"""),
        ("chat as text", Chat, "text/plain", """{"choices":[{"message":{"content":"ok"}}]}""",
            """{"ending":"completed","body":{"choices":[{}]}}"""),
        ("broken off", Chat, Json,
            """{"choices":[{"message":{"content":"par"},"finish_reason":"error","error":{"code":"""
                + """502,"message":"Network connection lost."}}]}""",
                """{"code":"provider_error","status":502,"kind":"transient","error":{"body":{"choices":[{"message":"""
                    + """{"content":"par"}}]}}}"""),
        ("no choices", Chat, Json, """{"id":"c","choices":[]}""",
            """{"code":"broken_answer","kind":"transient","error":{"body":{"id":"c"}}}"""),
        ("choices that are none", Chat, Json, """{"choices":["ok",null]}""", """{"code":"broken_answer"}"""),
        ("no choices, billed", Chat, Json,
            """{"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}""",
            """{"code":"broken_answer","kind":"permanent","usage":{"totalTokens":18}}"""),
        ("failed response", Response, Json,
            """{"id":"resp_1","object":"response","status":"failed","error":"""
                + """{"code":"server_error","message":"oops"},"output":[]}""",
                """{"code":"provider_error","kind":"transient","status":500,"error":{"body":{"id":"resp_1"}}}"""),
        ("cut response", Response, Json,
            """{"id":"resp_1","object":"response","status":"incomplete","output":[{"type":"message"}]}""",
            """{"ending":"completed","body":{"status":"incomplete"}}"""),
        ("failed response asked after", new() { Path = "responses/resp_1" }, Json,
            """{"id":"resp_1","object":"response","status":"failed","error":"""
                + """{"code":"server_error","message":"oops"},"output":[]}""",
                """{"ending":"completed","body":{"status":"failed"}}"""),
        ("no vectors", Vectors, Json, """{"data":[]}""", """{"code":"broken_answer"}"""),
        ("one vector of two", Vectors, Json, """{"data":[{"embedding":[1]}]}""",
            """{"code":"broken_answer","message":"~1 vectors for 2 texts"}"""),
        ("vectors", Vectors, Json, """{"data":[{"embedding":[1]},{"embedding":"AAAA"}]}""",
            """{"ending":"completed"}"""),
        ("program text", Other, Json, """{"code":"print(1)","message":"hello"}""",
            """{"ending":"completed","body":{"code":"print(1)"}}"""),
        ("name of an error", Other, Json, """{"code":"InvalidParameter","message":"hello"}""",
            """{"ending":"failed","message":"~hello"}"""),
        ("failed run", Other, Json, """{"id":"run_1","status":"failed","error":{"code":"x","message":"y"}}""",
            """{"ending":"completed","body":{"status":"failed"}}"""),
        ("lines", Other, Json, "{\"a\":1}\n{\"a\":2}\n",
            """{"ending":"completed","text":"{\"a\":1}\n{\"a\":2}\n","body":null}"""),
        ("nothing", Other, Json, "", """{"ending":"completed","status":200,"body":null}"""),
    ];

    public static TheoryData<int, string> Cases => new(Table.Index().Select(row => (row.Index, row.Item.Name)));

    [Theory, MemberData(nameof(Cases))]
    public Task What_was_answered_ends_right(int row, string name) =>
        scene.Try(new(name.Replace(' ', '-').Replace(",", ""),
            ProviderSocket.Http(200, Table[row].Type, Table[row].Body), Table[row].Job, Table[row].Right));

    [Theory]
    [InlineData("iso-8859-1", "text/plain; charset=iso-8859-1", """{"text":"Grüße","file":null}""")]
    [InlineData("utf-16", "text/csv; charset=utf-16", """{"text":"Grüße","file":null}""")]
    [InlineData("iso-8859-1", "text/csv", """{"text":null,"file":{"base64":"R3L832U="}}""")]
    public Task A_text_is_read_in_its_charset_and_stays_a_file_if_it_is_in_none(string charset, string type,
        string right) => scene.Try(new("charset", ProviderSocket.Http(200, type,
            System.Text.Encoding.GetEncoding(charset).GetBytes("Grüße")), Other, right));

    [Theory]
    [InlineData("""{"id":"run_1","status":"FAILED","error":{"message":"y"}}""", null, null, """{"status":"FAILED"}""")]
    [InlineData("""{"id":"run_1","status":"failed","error":{"message":"y"}}""", null, "failed",
        """{"error":{"message":"y"}}""")]
    [InlineData("""{"id":"op_1","done":true}""", "done", "true", """{"done":true}""")]
    public async Task A_wait_ends_with_what_says_its_end(string end, string? member, string? until, string right)
    {
        var (job, asked) = ($"wait-{Guid.NewGuid():N}", 0);
        scene.Provider.Answer(job,
            _ =>
                ProviderSocket.Http(200, Json,
                    Interlocked.Increment(ref asked) == 1 ? """{"id":"run_1","status":"queued","done":false}""" : end));

        var ending = await scene.Worker.End(new CallApi
        {
            JobId = job,
            Path = "runs",
            Body = JsonElement.Parse("{}"),
            Headers = new Dictionary<string, string> { ["X-Kind"] = "beta" },
            Wait = new() { Member = member, Until = until is null ? null : [until] },
        });

        Right.Check(JsonElement.Parse($$"""{"ending":"completed","body":{{right}}}"""), ending, job);
        Assert.All(scene.Provider.Of(job),
            call => Assert.Contains("X-Kind: beta", call.Head, StringComparison.OrdinalIgnoreCase));
    }
}
