using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Emulator;

namespace OpenAIWorker.Tests.Emulator;

public sealed class ResponsesTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    const string InBackground = """{"model":"gpt-test","input":"Say hello","background":true}""";

    [Fact]
    public async Task Response_is_complete_and_echoes_the_request()
    {
        var answer = await Post("""{"model":"gpt-test","input":"Say hello","temperature":0.5,"metadata":{"a":"b"}}""");

        var response = answer.Json;
        Assert.Equal(200, answer.Status);
        Assert.Equal("response", response.GetProperty("object").GetString());
        Assert.Equal("completed", response.GetProperty("status").GetString());
        Assert.Equal("gpt-test", response.GetProperty("model").GetString());
        Assert.Equal("default", response.GetProperty("service_tier").GetString());
        Assert.Equal(0.5, response.GetProperty("temperature").GetDouble());
        Assert.Equal("b", response.GetProperty("metadata").GetProperty("a").GetString());
        Assert.Contains("Hello", TextOf(answer), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, response.GetProperty("usage").GetProperty("input_tokens_details").GetProperty("cached_tokens")
            .GetInt32());
        Assert.Equal(0, response.GetProperty("usage").GetProperty("output_tokens_details")
            .GetProperty("reasoning_tokens").GetInt32());
    }

    [Fact]
    public async Task Same_prompt_gets_the_same_answer() =>
        Assert.Equal(TextOf(await shared.Driver.Ask("gpt-test")), TextOf(await shared.Driver.Ask("gpt-test")));

    [Fact]
    public async Task Answer_longer_than_max_output_tokens_is_incomplete()
    {
        var answer = await Post($$"""{"model":"gpt-test","input":"{{new string('x', 200)}}","max_output_tokens":16}""");

        Assert.Equal("incomplete", answer.Json.GetProperty("status").GetString());
        Assert.Equal("max_output_tokens",
            answer.Json.GetProperty("incomplete_details").GetProperty("reason").GetString());
        Assert.Equal(16, answer.Json.GetProperty("usage").GetProperty("output_tokens").GetInt32());
    }

    [Theory]
    [InlineData("\"required\"", "Any question")]
    [InlineData("{\"type\":\"function\",\"name\":\"get_weather\"}", "Any question")]
    [InlineData("\"auto\"", "Use get_weather for Paris")]
    public async Task Function_is_called_with_arguments_that_fit(string choice, string input)
    {
        var answer = await Post($$$"""
            {"model":"gpt-test","input":"{{{input}}}","tool_choice":{{{choice}}},"tools":[{"type":"function","name":"get_weather",
            "parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":3} } },"strict":null}]}
            """);

        var item = answer.Json.GetProperty("output")[0];
        Assert.Equal("function_call", item.GetProperty("type").GetString());
        Assert.Equal("get_weather", item.GetProperty("name").GetString());
        Assert.Equal("""{"city":"example","days":3}""", item.GetProperty("arguments").GetString());
    }

    [Fact]
    public async Task Tool_result_is_answered_in_words()
    {
        var answer = await Post("""
            {"model":"gpt-test","tools":[{"type":"function","name":"f","parameters":null,"strict":null}],"input":[{"role":"user","content":"Call f"},
            {"type":"function_call","call_id":"call_1","name":"f","arguments":"{}"},
            {"type":"function_call_output","call_id":"call_1","output":"21 degrees"}]}
            """);

        Assert.Equal("Here is what I found: 21 degrees", TextOf(answer));
    }

    [Fact]
    public async Task Stored_response_can_be_fetched_and_continued()
    {
        var id = (await shared.Driver.Ask("gpt-test")).Json.GetProperty("id").GetString();

        var fetched = await shared.Driver.Get($"/v1/responses/{id}");
        var next = await Post($$"""{"model":"gpt-test","input":"Go on","previous_response_id":"{{id}}"}""");

        Assert.Equal(id, fetched.Json.GetProperty("id").GetString());
        Assert.Equal(200, next.Status);
    }

    [Theory]
    [InlineData("\"store\":false")]
    [InlineData("\"store\":false,\"background\":false")]
    public async Task Response_that_was_not_stored_is_not_found(string fields)
    {
        var id = (await Post($$"""{"model":"gpt-test","input":"Hi",{{fields}}}""")).Json.GetProperty("id").GetString();

        Assert.Equal(404, (await shared.Driver.Get($"/v1/responses/{id}")).Status);
    }

    [Fact]
    public async Task Oldest_stored_response_gives_way()
    {
        await using var small = await EmulatorDriver.Start(new EmulatorOptions { MaxStoredResponses = 1 });
        var first = (await small.Ask("gpt-test")).Json.GetProperty("id").GetString();
        await small.Ask("gpt-test");

        Assert.Equal(404, (await small.Get($"/v1/responses/{first}")).Status);
    }

    [Fact]
    public async Task Background_response_is_queued_then_running_then_done()
    {
        var time = new FakeTimeProvider();
        await using var driver = await EmulatorDriver.Start(
            new EmulatorOptions { Time = time, BackgroundTime = TimeSpan.FromSeconds(10) });
        var queued = await driver.Post(EmulatorDriver.Responses, InBackground);
        var path = $"/v1/responses/{queued.Json.GetProperty("id").GetString()}";

        time.Advance(TimeSpan.FromSeconds(5));
        var running = await driver.Get(path);
        time.Advance(TimeSpan.FromSeconds(5));
        var done = await driver.Get(path);

        Assert.Equal(["queued", "in_progress", "completed"], new[] { queued, running, done }.Select(StatusOf));
        Assert.Equal(0, queued.Json.GetProperty("output").GetArrayLength());
        Assert.Contains("Hello", TextOf(done), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Background_response_can_be_cancelled_once_and_for_all()
    {
        var time = new FakeTimeProvider();
        await using var driver = await EmulatorDriver.Start(new EmulatorOptions { Time = time });
        var queued = await driver.Post(EmulatorDriver.Responses, InBackground);
        var path = $"/v1/responses/{queued.Json.GetProperty("id").GetString()}";

        var cancelled = await driver.Post($"{path}/cancel", json: null);
        time.Advance(TimeSpan.FromHours(1));
        var later = await driver.Get(path);

        Assert.Equal(["cancelled", "cancelled"], new[] { cancelled, later }.Select(StatusOf));
    }

    [Fact]
    public async Task Response_that_ran_at_once_cannot_be_cancelled()
    {
        var id = (await shared.Driver.Ask("gpt-test")).Json.GetProperty("id").GetString();

        Assert.Equal(400, (await shared.Driver.Post($"/v1/responses/{id}/cancel", json: null)).Status);
    }

    Task<Answered> Post(string body) => shared.Driver.Post(EmulatorDriver.Responses, body);

    static string? StatusOf(Answered answer) => answer.Json.GetProperty("status").GetString();

    static string TextOf(Answered answer) =>
        answer.Json.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString()!;
}
