using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Emulator;

namespace OpenAIWorker.Tests.Emulator;

/// <summary>The former Assistants API, if it is switched on.</summary>
public sealed class NativeAssistantTests
{
    const string Assistants = "/v1/assistants";

    static readonly (string, string) Beta = ("OpenAI-Beta", "assistants=v2");

    readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task It_is_gone_unless_it_is_switched_on()
    {
        await using var driver = await EmulatorDriver.Start();

        Assert.StartsWith("Invalid URL", (await driver.Post(Assistants, """{"model":"m"}""", Beta)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_wants_to_be_told_its_version()
    {
        await using var driver = await Start();

        Assert.Equal("invalid_beta", (await driver.Post(Assistants, """{"model":"m"}""")).Code);
    }

    [Theory]
    [InlineData("{}", "model")]
    [InlineData("""{"model":"m","temperature":3}""", "temperature")]
    [InlineData("""{"model":"m","tools":[{"type":"web_search"}]}""", "tools[0].type")]
    [InlineData("""{"model":"m","tool_resources":{"file_search":{"vector_store_ids":["a","b"]}}}""",
        "tool_resources.file_search.vector_store_ids")]
    public async Task Request_outside_its_table_is_refused(string body, string param)
    {
        await using var driver = await Start();

        Assert.Equal(param, (await driver.Post(Assistants, body, Beta)).Param);
    }

    [Fact]
    public async Task Thread_takes_one_run_at_a_time_and_has_its_answer_in_time()
    {
        await using var driver = await Start();
        var assistant = await Id(driver, Assistants, """{"model":"m"}""");
        var thread = $"/v1/threads/{await Id(driver, "/v1/threads", "{}")}";
        await driver.Post($"{thread}/messages", """{"role":"user","content":"Hello"}""", Beta);
        var start = $$"""{"assistant_id":"{{assistant}}"}""";
        var run = await Id(driver, $"{thread}/runs", start);

        Assert.Contains("already has an active run", (await driver.Post($"{thread}/runs", start, Beta)).Message);
        Assert.StartsWith("Can't add messages",
            (await driver.Post($"{thread}/messages", """{"role":"user","content":"Hi"}""", Beta)).Message,
            StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("completed",
            (await driver.Send(HttpMethod.Get, $"{thread}/runs/{run}", null, Beta)).Json.GetProperty("status")
                .GetString());
        var messages = (await driver.Send(HttpMethod.Get, $"{thread}/messages?run_id={run}", null,
            Beta)).Json.GetProperty("data");
        Assert.Equal("assistant", Assert.Single(messages.EnumerateArray()).GetProperty("role").GetString());
    }

    Task<EmulatorDriver> Start() => EmulatorDriver.Start(new EmulatorOptions { Assistants = true, Time = clock });

    static async Task<string> Id(EmulatorDriver driver, string path, string body) =>
        (await driver.Post(path, body, Beta)).Json.GetProperty("id").GetString()!;
}
