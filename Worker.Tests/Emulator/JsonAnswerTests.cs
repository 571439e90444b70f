using System.Text.Json;

namespace OpenAIWorker.Tests.Emulator;

public sealed class JsonAnswerTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"number"}}}""",
        """{"a":"example","b":1}""")]
    [InlineData("""{"type":"object","properties":{"a":{"enum":["red","blue"]},"b":{"const":7}}}""",
        """{"a":"red","b":7}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"boolean"},"minItems":2}}}""",
        """{"a":[true,true]}""")]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"integer","maximum":-4},{"type":"null"}]}}}""",
        """{"a":-4}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":["null","string"],"format":"date"}}}""",
        """{"a":"2026-01-01"}""")]
    [
        InlineData(
            """{"type":"object","properties":{"a":{"$ref":"#/$defs/x"}},"$defs":{"x":{"type":"string","maxLength":"""
                + """3}}}""", """{"a":"exa"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","exclusiveMinimum":5,"multipleOf":4}}}""",
        """{"a":8}""")]
    public async Task Answer_fits_the_schema(string schema, string expected) =>
        Assert.Equal(expected, await Answer($$"""{"type":"json_schema","name":"thing","schema":{{schema}}}"""));

    [Fact]
    public async Task Schema_that_contains_itself_ends()
    {
        var text = await Answer("""
            {"type":"json_schema","name":"tree","schema":{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}}}}}
            """);

        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(text).ValueKind);
    }

    [Fact]
    public async Task Json_object_is_an_object() =>
        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(await Answer("""{"type":"json_object"}""")).ValueKind);

    [Theory]
    [InlineData("""{"type":"object","properties":{}}""", "'additionalProperties' is required")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":[],"additionalProperties":false}""",
        "Missing 'a'")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "schema must be a JSON Schema of 'type: \"object\"'")]
    [
        InlineData(
            """{"type":"object","properties":{"a":{"type":"object"}},"required":["a"],"additionalProperties":false}""",
            "In context=('properties', 'a')")]
    public async Task Strict_schema_that_is_open_is_refused(string schema, string reason)
    {
        var answer = await Post($$"""{"type":"json_schema","name":"thing","strict":true,"schema":{{schema}}}""");

        Assert.Equal((400, "invalid_json_schema", "text.format.schema"), (answer.Status, answer.Code, answer.Param));
        Assert.Contains(reason, answer.Message, StringComparison.Ordinal);
    }

    async Task<string> Answer(string format) =>
        (await Post(format)).Json.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString()!;

    Task<Answered> Post(string format) =>
        shared.Driver.Post(EmulatorDriver.Responses,
            $$$"""{"model":"gpt-test","input":"As JSON","text":{"format":{{{format}}}}}""");
}
