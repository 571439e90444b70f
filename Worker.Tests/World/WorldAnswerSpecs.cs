using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;

namespace OpenAIWorker.Tests.World;

/// <summary>Complete answers of real providers, each of which was once read wrongly.</summary>
public sealed class WorldAnswerSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    static readonly MessageModel Chat = Messages.SmallestChat;
    static readonly MessageModel ChatJson = Chat with { Output = new() { Type = OutputType.JsonObject } };

    static readonly (string File, JobRequest Job, string Right)[] Table =
    [
        ("bom", Chat, """{"ending":"completed","text":"ok"}"""),
        ("bom", Chat with { Simplify = false }, """{"ending":"completed","raw":{"id":"chatcmpl-1"}}"""),
        ("content-list", Chat, """{"text":"final answer","reasoning":"hmm"}"""),
        ("cred-openrouter-403", Chat,
            """{"ending":"failed","code":"content_policy","kind":"permanent","remedy":"sender","error":"""
                + """{"code":"403","body":{"error":{"metadata":{"provider_name":"X"}}}}}"""),
        ("err-413", Chat,
            """{"code":"request_too_large","kind":"permanent","message":"~413 Request Entity Too Large","error":"""
                + """{"body":"~<h1>413"}}"""),
        ("err-array-429", Chat, """{"delayed":"rate_limited","seconds":3}"""),
        ("err-azure-filter", Chat,
            """{"code":"content_policy","error":{"code":"content_filter","body":{"error":{"innererror":"""
                + """{"content_filter_result":{"hate":{"severity":"high"}}}}}}}"""),
        ("err-detail", Chat,
            """{"code":"invalid_request","message":"~body.messages: field required","error":{"body":{"detail":"""
                + """[{"type":"value_error.missing"}]}}}"""),
        ("err-text", Chat,
            """{"code":"invalid_request","message":"~prompt has 9000 tokens, limit 4096","error":{"body":"upstream """
                + """says: prompt has 9000 tokens, limit 4096"}}"""),
        ("error-200", Chat, """{"delayed":"rate_limited"}"""),
        ("error-200", Chat with { Simplify = false }, """{"delayed":"rate_limited"}"""),
        ("error-200-400", Chat,
            """{"code":"not_found","kind":"permanent","status":404,"message":"~No endpoints found that support """
                + """image input","error":{"body":{"error":{"code":404}}}}"""),
        ("error-in-choice", Chat,
            """{"code":"provider_error","kind":"transient","status":502,"text":"partial text","usage":"""
                + """{"outputTokens":7},"message":"~Network connection lost"}"""),
        ("error-in-choice", Chat with { Simplify = false },
            """{"code":"provider_error","kind":"transient","status":502}"""),
        ("fenced-json", ChatJson, """{"ending":"completed","json":{"a":1}}"""),
        ("html-200", Chat,
            """{"code":"broken_answer","kind":"permanent","remedy":"operator","message":"~BaseUrl","text":"~Login"}"""),
        ("html-200", Messages.Transcription with { ResponseFormat = "srt" },
            """{"code":"broken_answer","kind":"permanent","message":"~text/html"}"""),
        ("html-200", Messages.Translation with { ResponseFormat = "text" },
            """{"code":"broken_answer","kind":"permanent"}"""),
        ("html-200", Messages.Speech, """{"code":"broken_answer","kind":"permanent"}"""),
        ("html-200", Messages.Image, """{"code":"broken_answer","kind":"permanent"}"""),
        ("html-200", Messages.Embeddings, """{"code":"broken_answer","kind":"permanent"}"""),
        ("length-empty", ChatJson,
            """{"code":"output_not_json","kind":"permanent","message":"~maxTokens","usage":{"inputTokens":"""
                + """11,"outputTokens":7}}"""),
        ("length-empty", Chat, """{"code":"broken_answer","kind":"permanent","message":"~maxTokens"}"""),
        ("lone-surrogate", Chat, """{"ending":"completed","text":"half \ufffd end"}"""),
        ("lone-surrogate", Chat with { Simplify = false },
            """{"ending":"completed","raw":{"choices":[{"message":{"content":"half \ufffd end"}}]}}"""),
        ("lone-surrogate", new CallApi { Path = "chat/completions", Body = System.Text.Json.JsonElement.Parse("{}") },
            """{"body":{"choices":[{"message":{"content":"half \ufffd end"}}]}}"""),
        ("nan", Chat with { Logprobs = true }, """{"text":"ok","logprobs":[{"token":"ok","logprob":null}]}"""),
        ("nan", Chat with { Simplify = false }, """{"ending":"completed"}"""),
        ("quota-type-only", Chat, """{"code":"quota_exhausted","remedy":"operator"}"""),
        ("reasoning", Chat, """{"text":"42","reasoning":"because"}"""),
        ("resp-error-200", Messages.Smallest, """{"delayed":"rate_limited"}"""),
        ("resp-no-output", Messages.Smallest, """{"code":"broken_answer"}"""),
        ("resp-no-output", Messages.Smallest with { Simplify = false }, """{"code":"broken_answer"}"""),
        ("sse-only", Chat, """{"code":"broken_answer","kind":"permanent","message":"~stream"}"""),
        ("sse-only", Messages.Transcription with { ResponseFormat = "vtt" },
            """{"code":"broken_answer","kind":"permanent"}"""),
        ("tool-args-object", Chat,
            """{"finishReason":"tool_calls","toolCalls":[{"id":"c1","name":"get_weather","arguments":"{\"city\": """
                + """\"Paris\"}"}]}"""),
        ("usage-float", Chat, """{"text":"ok","usage":{"inputTokens":11,"outputTokens":7,"totalTokens":18}}"""),
        ("usage-inf-seconds", Chat,
            """{"text":"ok","usage":{"inputTokens":11,"outputTokens":7,"audioSeconds":null}}"""),
    ];

    public static TheoryData<int, string> Cases => new(Table.Index().Select(row => (row.Index, row.Item.File)));

    [Theory, MemberData(nameof(Cases))]
    public Task What_was_answered_ends_right(int row, string file) =>
        scene.Try(new(file, File.ReadAllBytes(Repository.PathOf($"Worker.Tests/World/answers/{file}.http")),
            Table[row].Job, Table[row].Right));

    [Fact]
    public void Every_file_is_tried() => Assert.Equal(
        Directory.EnumerateFiles(Repository.PathOf("Worker.Tests/World/answers"))
            .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(),
        Table.Select(row => row.File).Distinct().Order());
}
