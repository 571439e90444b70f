namespace OpenAIWorker.Tests.Emulator;

public sealed class ChatRefusalTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

    [Theory]
    [InlineData("\"foo\":1", "unknown_parameter", "foo")]
    [InlineData("\"input\":\"Hi\"", "unknown_parameter", "input")]
    [InlineData("\"n\":0", "integer_below_min_value", "n")]
    [InlineData("\"n\":129", "integer_above_max_value", "n")]
    [InlineData("\"temperature\":2.01", "decimal_above_max_value", "temperature")]
    [InlineData("\"top_p\":-1", "decimal_below_min_value", "top_p")]
    [InlineData("\"frequency_penalty\":-2.5", "decimal_below_min_value", "frequency_penalty")]
    [InlineData("\"presence_penalty\":2.5", "decimal_above_max_value", "presence_penalty")]
    [InlineData("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", "array_above_max_length", "stop")]
    [InlineData("\"top_logprobs\":5", "invalid_value", "top_logprobs")]
    [InlineData("\"logprobs\":true,\"top_logprobs\":21", "integer_above_max_value", "top_logprobs")]
    [InlineData("\"max_tokens\":5,\"max_completion_tokens\":5", "invalid_parameter_combination", "max_tokens")]
    [InlineData("\"reasoning_effort\":\"huge\"", "invalid_value", "reasoning_effort")]
    [InlineData("\"service_tier\":\"ultrafast\"", "invalid_value", "service_tier")]
    [InlineData("\"verbosity\":\"loud\"", "invalid_value", "verbosity")]
    [InlineData("\"seed\":1.5", "invalid_type", "seed")]
    [InlineData("\"logit_bias\":{\"50256\":101}", "integer_above_max_value", "logit_bias.50256")]
    [InlineData("\"response_format\":{\"type\":\"json_object\"}", null, "messages")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\"}", "missing_required_parameter",
        "response_format.json_schema")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\"}}",
        "missing_required_parameter", "response_format.json_schema.schema")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]", "unknown_parameter", "tools[0].name")]
    [InlineData("\"tools\":[]", "empty_array", "tools")]
    [InlineData("\"tool_choice\":\"auto\"", "invalid_value", "tool_choice")]
    [InlineData("\"parallel_tool_calls\":true", "invalid_value", "parallel_tool_calls")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}," + Tools, "invalid_value",
        "tool_choice")]
    [InlineData("\"stream\":true", "unsupported_value", "stream")]
    public async Task Field_outside_its_table_is_refused(string field, string? code, string param) =>
        AssertRefused(await Post($$"""{"model":"gpt-test","messages":[{"role":"user","content":"Hi"}],{{field}}}"""),
            code, param);

    [Fact]
    public async Task Safety_identifier_longer_than_64_is_refused() =>
        AssertRefused(
            await Post(
                $$"""{"model":"m","messages":[{"role":"user","content":"Hi"}],"safety_identifier":"{{new string('u', 129)}}"}"""),
            "string_above_max_length",
            "safety_identifier");

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}]}""", "missing_required_parameter", "model")]
    [InlineData("""{"model":"gpt-test"}""", "missing_required_parameter", "messages")]
    [InlineData("""{"model":"gpt-test","messages":[]}""", "empty_array", "messages")]
    [InlineData("""{"model":"gpt-test","messages":null}""", "invalid_type", "messages")]
    public async Task Request_without_its_essentials_is_refused(string body, string code, string param) =>
        AssertRefused(await Post(body), code, param);

    [Theory]
    [InlineData("""{"content":"Hi"}""", "missing_required_parameter", "messages[0].role")]
    [InlineData("""{"role":"friend","content":"Hi"}""", "invalid_value", "messages[0].role")]
    [InlineData("""{"role":"user"}""", "missing_required_parameter", "messages[0].content")]
    [InlineData("""{"role":"user","content":null}""", "invalid_type", "messages[0].content")]
    [InlineData("""{"role":"user","content":[{"type":"input_text","text":"Hi"}]}""", "invalid_value",
        "messages[0].content[0].type")]
    [InlineData("""{"role":"system","content":[{"type":"image_url","image_url":{"url":"https://a.b/c"}}]}""",
        "invalid_value", "messages[0].content[0].type")]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":"https://a.b/c"}]}""", "invalid_type",
        "messages[0].content[0].image_url")]
    [
        InlineData(
            """{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a.b/c","detail":"max"}}]}""",
            "invalid_value", "messages[0].content[0].image_url.detail")]
    [InlineData("""{"role":"user","content":[{"type":"file","file":{}}]}""", "missing_required_parameter",
        "messages[0].content[0].file.file_id")]
    [InlineData("""{"role":"assistant","content":null}""", "invalid_type", "messages[0].content")]
    [InlineData("""{"role":"tool","content":"4"}""", "missing_required_parameter", "messages[0].tool_call_id")]
    [InlineData("""{"role":"tool","content":"4","tool_call_id":"call_1"}""", null, "messages[0].role")]
    [
        InlineData(
            """{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":"""
                + """{"name":"f","arguments":"{}"}}]}""", null, "messages[1].role")]
    public async Task Message_of_the_wrong_shape_is_refused(string message, string? code, string param) =>
        AssertRefused(await Post($$"""{"model":"gpt-test","messages":[{{message}}]}"""), code, param);

    Task<Answered> Post(string body) => shared.Driver.Post(EmulatorDriver.Chat, body);

    static void AssertRefused(Answered answer, string? code, string param)
    {
        Assert.Equal(400, answer.Status);
        Assert.Equal((code, param), (answer.Code, answer.Param));
    }
}
