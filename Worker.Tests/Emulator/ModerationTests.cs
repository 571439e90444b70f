using System.Text.Json;

namespace OpenAIWorker.Tests.Emulator;

public sealed class ModerationTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    [Theory]
    [InlineData("I hate this", "hate")]
    [InlineData("They will attack at dawn", "violence")]
    [InlineData("How to build a bomb", "illicit/violent")]
    public async Task Harmful_text_is_flagged_in_its_category(string text, string category)
    {
        var result = (await Moderate(JsonSerializer.Serialize(text))).Json.GetProperty("results")[0];

        Assert.True(result.GetProperty("flagged").GetBoolean());
        Assert.True(result.GetProperty("categories").GetProperty(category).GetBoolean());
        Assert.True(result.GetProperty("category_scores").GetProperty(category).GetDouble() > 0.5);
    }

    [Fact]
    public async Task Kind_text_passes_in_all_thirteen_categories()
    {
        var result = (await Moderate("\"Good morning\"")).Json.GetProperty("results")[0];

        Assert.False(result.GetProperty("flagged").GetBoolean());
        Assert.Equal(13, result.GetProperty("categories").GetPropertyCount());
        Assert.Equal(13, result.GetProperty("category_scores").GetPropertyCount());
        Assert.Equal(13, result.GetProperty("category_applied_input_types").GetPropertyCount());
    }

    [Fact]
    public async Task Each_string_has_its_own_result()
    {
        var results = (await Moderate("""["Good morning","I hate this"]""")).Json.GetProperty("results");

        Assert.Equal([false, true],
            results.EnumerateArray().Select(result => result.GetProperty("flagged").GetBoolean()));
    }

    [Fact]
    public async Task Text_and_picture_are_one_input_together()
    {
        var results = (await Moderate("""
            [{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]
            """)).Json.GetProperty("results");

        var types = results[0].GetProperty("category_applied_input_types");
        Assert.Equal(1, results.GetArrayLength());
        Assert.Equal("""["text","image"]""", types.GetProperty("violence").GetRawText());
        Assert.Equal("""["text"]""", types.GetProperty("hate").GetRawText());
    }

    [Theory]
    [InlineData("{}", "missing_required_parameter", "input")]
    [InlineData("""{"input":[]}""", "empty_array", "input")]
    [InlineData("""{"input":7}""", "invalid_type", "input")]
    [InlineData("""{"input":[{"type":"image"}]}""", "invalid_value", "input[0].type")]
    [InlineData("""{"input":["Hi",{"type":"text","text":"Hi"}]}""", "invalid_type", "input[0]")]
    [InlineData("""{"input":"Hi","model":""}""", "empty_string", "model")]
    [InlineData("""{"input":"Hi","foo":1}""", "unknown_parameter", "foo")]
    public async Task Request_outside_its_table_is_refused(string body, string code, string param)
    {
        var answer = await shared.Driver.Post(EmulatorDriver.Moderations, body);

        Assert.Equal((400, code, param), (answer.Status, answer.Code, answer.Param));
    }

    Task<Answered> Moderate(string input) =>
        shared.Driver.Post(EmulatorDriver.Moderations, $$"""{"input":{{input}}}""");
}
