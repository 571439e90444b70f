using System.Text.Json;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;
using OpenAIWorker.Tests.World;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary>Streams of answers that are unlike OpenAI's: they have what the SDKs read.</summary>
public sealed class OddStreamSpecs : IDisposable
{
    const string Hello = """{"model":"m","messages":[{"role":"user","content":"Hello"}],"stream":true}""";

    readonly WebAddress web = new();

    public static TheoryData<string, string, string> Chats => new()
    {
        { """{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""", "content", "\"ok\"" },
        {
            """{"object":7,"choices":[{"index":0,"message":{"content":"ok"},"finish_reason":"stop"}]}""", "content",
            "\"ok\""
        },
        {
            """{"object":"chat.completions","choices":[],"choices":[{"message":{"content":"no","content":"ok"}}]}""",
            "content", "\"ok\""
        },
        {
            """{"choices":[{"message":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":{"a":1}}}]}}]}""",
            "tool_calls", """[{"id":"c","function":{"name":"f","arguments":"{\u0022a\u0022:1}"},"index":0}]"""
        },
    };

    [Theory, MemberData(nameof(Chats))]
    public async Task A_completion_becomes_chunks(string answer, string member, string delta)
    {
        var events = await Streamed("/v1/chat/completions", Hello, answer);

        Assert.Equal("[DONE]", events[^1]);
        var first = JsonElement.Parse(events[0]);
        Assert.Equal("chat.completion.chunk", first.GetProperty("object").GetString());
        var choice = first.GetProperty("choices")[0];
        Assert.Equal(0, choice.GetProperty("index").GetInt32());
        Assert.Equal(delta, choice.GetProperty("delta").GetProperty(member).GetRawText());
    }

    [Theory]
    [InlineData("""{"id":"resp_1","status":"completed","output":[{"type":"message","content":[{"text":"ok"}]}]}""")]
    [InlineData("""{"object":1,"status":2,"output":[{"type":3},{"type":"function_call","arguments":{"a":1}}]}""")]
    public async Task A_response_becomes_events(string answer)
    {
        var events = await Streamed("/v1/responses", """{"model":"m","input":"Hello","stream":true}""", answer);

        Assert.Equal("response.created", JsonElement.Parse(events[0]).GetProperty("type").GetString());
        Assert.Equal("response.completed", JsonElement.Parse(events[^1]).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_call_whose_member_occurs_twice_is_streamed_like_any_other() => Assert.Equal("[DONE]",
        (await Streamed("/v1/chat/completions", Hello.Replace("{\"model\"", "{\"model\":\"x\",\"model\"",
            StringComparison.Ordinal), """{"choices":[{"message":{"content":"ok"}}]}"""))[^1]);

    async Task<List<string>> Streamed(string path, string call, string answer)
    {
        await using var provider = new ProviderSocket();
        provider.Answer("k1", _ => ProviderSocket.Http(200, "application/json", answer));
        await using var worker = await web.Start($"--OpenAI:Credentials:default:BaseUrl={provider.BaseUrl}");
        using var client = web.Client();

        var streamed = await client.Post(path, call, ("Idempotency-Key", "k1"));

        Assert.Equal("text/event-stream", streamed.Content.Headers.ContentType?.MediaType);
        var text = await streamed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [.. text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
            .Select(line => line["data: ".Length..])];
    }

    public void Dispose() => web.Dispose();
}
