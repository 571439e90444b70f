namespace OpenAIWorker.Tests.Emulator;

public sealed class ChatTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    [Fact]
    public async Task Completion_has_as_many_choices_as_asked_for()
    {
        var completion = (await Ask("Is it late?", "\"n\":3")).Json;

        var choices = completion.GetProperty("choices").EnumerateArray().ToList();
        Assert.Equal([0, 1, 2], choices.Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.All(choices, choice => Assert.Equal("stop", choice.GetProperty("finish_reason").GetString()));
        Assert.Equal("chat.completion", completion.GetProperty("object").GetString());
        Assert.Equal("fp_emulator", completion.GetProperty("system_fingerprint").GetString());
        Assert.Equal(2, completion.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Completion_longer_than_max_tokens_ends_for_length()
    {
        var answer = await Ask("Is it late?", "\"max_completion_tokens\":2");

        Assert.Equal("You aske", TextOf(answer));
        Assert.Equal("length", answer.Json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Completion_ends_before_a_stop_sequence()
    {
        var answer = await Ask("Is it late?", "\"stop\":\" asked\"");

        Assert.Equal("You", TextOf(answer));
    }

    [Fact]
    public async Task Logprobs_come_when_asked_for()
    {
        var answer = await Ask("Is it late?", "\"logprobs\":true,\"top_logprobs\":2");

        var token = answer.Json.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content")[0];
        Assert.Equal("You ", token.GetProperty("token").GetString());
        Assert.Equal(2, token.GetProperty("top_logprobs").GetArrayLength());
    }

    [Fact]
    public async Task Required_tool_is_called()
    {
        var answer = await Ask("Hi",
            "\"tool_choice\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]");

        var choice = answer.Json.GetProperty("choices")[0];
        var function = choice.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function");
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("f", function.GetProperty("name").GetString());
        Assert.Equal("{}", function.GetProperty("arguments").GetString());
    }

    [Fact]
    public async Task Picture_is_described()
    {
        var answer = await shared.Driver.Post(EmulatorDriver.Chat, """
            {"model":"gpt-test","messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},
            {"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}]}
            """);

        Assert.StartsWith("The picture shows", TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_loop_is_accepted()
    {
        var answer = await shared.Driver.Post(EmulatorDriver.Chat, """
            {"model":"gpt-test","messages":[{"role":"user","content":"Call f"},
            {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_1","content":"done"}]}
            """);

        Assert.Equal("Here is what I found: done", TextOf(answer));
    }

    static string? TextOf(Answered answer) =>
        answer.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();

    Task<Answered> Ask(string text, string fields) => shared.Driver.Post(
        EmulatorDriver.Chat,
        $$"""{"model":"gpt-test","messages":[{"role":"user","content":"{{text}}"}],{{fields}}}""");
}
