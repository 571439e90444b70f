using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Emulator;

namespace OpenAIWorker.Tests.Emulator;

public sealed class ConversationItemTests
{
    readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task What_was_said_can_be_read_page_by_page()
    {
        await using var driver = await Start();
        var id = await Conversation(driver, """{"items":[{"role":"user","content":"One"}]}""");
        await Respond(driver, id, "Two");

        var all = await Items(driver, id, "?order=asc");
        var behind = await Items(driver, id, $"?order=asc&after={all[0].GetProperty("id").GetString()}");
        var last = await Items(driver, id, "?limit=1");

        Assert.Equal(["user", "user", "assistant"], all.Select(item => item.GetProperty("role").GetString()));
        Assert.Equal(["One", "Two"],
            all.Take(2).Select(item => item.GetProperty("content")[0].GetProperty("text").GetString()));
        Assert.Equal(all.Skip(1).Select(item => item.GetRawText()), behind.Select(item => item.GetRawText()));
        Assert.Equal(all[^1].GetRawText(), Assert.Single(last).GetRawText());
        Assert.Equal("limit", (await driver.Get($"/v1/conversations/{id}/items?limit=101")).Param);
        Assert.Equal(404, (await driver.Get("/v1/conversations/conv_gone/items")).Status);
    }

    [Fact]
    public async Task While_one_response_is_made_another_is_refused()
    {
        await using var driver = await Start();
        var id = await Conversation(driver, "{}");
        await Respond(driver, id, "One", ""","background":true""");

        var locked = await Respond(driver, id, "Two");
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal((400, "conversation_locked"), (locked.Status, locked.Code));
        Assert.Equal(200, (await Respond(driver, id, "Two")).Status);
    }

    [Fact]
    public async Task Function_that_was_called_has_to_be_answered()
    {
        await using var driver = await Start();
        var id = await Conversation(driver, "{}");
        const string tools = ""","tools":[{"type":"function","name":"weather","parameters":null,"strict":null}]""";
        await Respond(driver, id, "weather", tools);
        var call = (await Items(driver, id, "?limit=1"))[0].GetProperty("call_id").GetString();

        Assert.Contains(call!, (await Respond(driver, id, "Well?", tools)).Message);
        Assert.Equal(200, (await driver.Post(EmulatorDriver.Responses,
            $$$"""{"model":"m","conversation":"{{{id}}}","input":[{"type":"function_call_output","call_id":"{{{call}}}","output":"Rain"}]{{{tools}}}}""")).Status);
        Assert.Equal(200, (await Respond(driver, id, "And now?", tools)).Status);
    }

    Task<EmulatorDriver> Start() => EmulatorDriver.Start(new EmulatorOptions { Time = clock });

    static async Task<string> Conversation(EmulatorDriver driver, string body) =>
        (await driver.Post("/v1/conversations", body)).Json.GetProperty("id").GetString()!;

    static Task<Answered> Respond(EmulatorDriver driver, string conversation, string text, string more = "") =>
        driver.Post(EmulatorDriver.Responses,
            $$"""{"model":"m","input":"{{text}}","conversation":"{{conversation}}"{{more}}}""");

    static async Task<List<JsonElement>> Items(EmulatorDriver driver, string id, string query) =>
        [.. (await driver.Get($"/v1/conversations/{id}/items{query}")).Json.GetProperty("data").EnumerateArray()];
}
