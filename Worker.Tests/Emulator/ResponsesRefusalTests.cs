namespace OpenAIWorker.Tests.Emulator;

public sealed class ResponsesRefusalTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    [Fact]
    public async Task Unknown_top_level_field_is_refused_by_name()
    {
        var answer = await Post("\"foo\":1");

        Assert.Equal("Unknown parameter: 'foo'.", answer.Message);
        Assert.Equal("unknown_parameter", answer.Code);
        Assert.Equal("foo", answer.Param);
    }

    [Theory]
    [InlineData("""{"input":"Hi"}""", "missing_required_parameter", "model")]
    [InlineData("""{"model":"","input":"Hi"}""", "empty_string", "model")]
    [InlineData("""{"model":7,"input":"Hi"}""", "invalid_type", "model")]
    [InlineData("""{"model":"gpt-test"}""", "missing_required_parameter", "input")]
    [InlineData("""{"model":"gpt-test","input":[]}""", "empty_array", "input")]
    [InlineData("""{"model":"gpt-test","input":7}""", "invalid_type", "input")]
    [InlineData("""[]""", "invalid_type", null)]
    public async Task Request_without_its_essentials_is_refused(string body, string code, string? param) =>
        AssertRefused(await shared.Driver.Post(EmulatorDriver.Responses, body), code, param);

    [Theory]
    [InlineData("\"temperature\":2.1", "decimal_above_max_value", "temperature")]
    [InlineData("\"temperature\":-0.1", "decimal_below_min_value", "temperature")]
    [InlineData("\"temperature\":\"warm\"", "invalid_type", "temperature")]
    [InlineData("\"top_p\":1.5", "decimal_above_max_value", "top_p")]
    [InlineData("\"top_logprobs\":21", "integer_above_max_value", "top_logprobs")]
    [InlineData("\"max_output_tokens\":15", "integer_below_min_value", "max_output_tokens")]
    [InlineData("\"max_output_tokens\":16.5", "invalid_type", "max_output_tokens")]
    [InlineData("\"max_tool_calls\":0", "integer_below_min_value", "max_tool_calls")]
    [InlineData("\"metadata\":{\"a\":1}", "invalid_type", "metadata.a")]
    [InlineData("\"truncation\":\"some\"", "invalid_value", "truncation")]
    [InlineData("\"service_tier\":\"gold\"", "invalid_value", "service_tier")]
    [InlineData("\"reasoning\":{\"effort\":\"huge\"}", "invalid_value", "reasoning.effort")]
    [InlineData("\"reasoning\":{\"summary\":\"none\"}", "invalid_value", "reasoning.summary")]
    [InlineData("\"include\":[\"everything\"]", "invalid_value", "include[0]")]
    [InlineData("\"text\":{\"verbosity\":\"loud\"}", "invalid_value", "text.verbosity")]
    [InlineData("\"text\":{\"format\":{\"type\":\"xml\"}}", "invalid_value", "text.format.type")]
    [InlineData("\"text\":{\"format\":{}}", "missing_required_parameter", "text.format.type")]
    [InlineData("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a b\",\"schema\":{}}}", "invalid_value",
        "text.format.name")]
    [InlineData("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\"}}", "missing_required_parameter",
        "text.format.schema")]
    [InlineData("\"text\":{\"format\":{\"type\":\"json_object\"}}", null, "input")]
    [InlineData("\"previous_response_id\":\"id-7\"", "invalid_value", "previous_response_id")]
    [InlineData("\"previous_response_id\":\"resp_gone\"", "previous_response_not_found", "previous_response_id")]
    [InlineData("\"conversation\":\"conv_1\",\"previous_response_id\":\"resp_1\"", "mutually_exclusive_parameters",
        "conversation")]
    [InlineData("\"conversation\":{\"id\":\"thread_1\"}", "invalid_value", "conversation.id")]
    [InlineData("\"background\":true,\"store\":false", "invalid_value", "background")]
    [InlineData("\"stream\":true", "unsupported_value", "stream")]
    public async Task Field_outside_its_table_is_refused(string field, string? code, string param) =>
        AssertRefused(await Post(field), code, param);

    [Theory]
    [InlineData("""{"type":"function","function":{"name":"f"}}""", "unknown_parameter", "tools[0].function")]
    [InlineData("""{"type":"function"}""", "missing_required_parameter", "tools[0].name")]
    [InlineData("""{"type":"function","name":"a.b"}""", "invalid_value", "tools[0].name")]
    [InlineData("""{"type":"function","name":"f","strict":true,"parameters":{"type":"object","properties":{}}}""",
        "invalid_function_parameters", "tools[0].parameters")]
    [InlineData("""{"type":"file_search"}""", "missing_required_parameter", "tools[0].vector_store_ids")]
    [InlineData("""{"type":"file_search","vector_store_ids":["vs_1"],"max_num_results":51}""",
        "integer_above_max_value", "tools[0].max_num_results")]
    [InlineData("""{"type":"code_interpreter"}""", "missing_required_parameter", "tools[0].container")]
    [InlineData("""{"type":"web_search","search_context_size":"vast"}""", "invalid_value",
        "tools[0].search_context_size")]
    [InlineData("""{"type":"hammer"}""", "invalid_value", "tools[0].type")]
    public async Task Tool_of_the_wrong_shape_is_refused(string tool, string code, string param) =>
        AssertRefused(await Post($"\"tools\":[{tool}]"), code, param);

    [Theory]
    [InlineData("""{"content":"Hi"}""", "missing_required_parameter", "input[0].type")]
    [InlineData("""{"role":"friend","content":"Hi"}""", "invalid_value", "input[0].role")]
    [InlineData("""{"role":"user"}""", "missing_required_parameter", "input[0].content")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"Hi"}]}""", "invalid_value",
        "input[0].content[0].type")]
    [InlineData("""{"role":"user","content":[{"type":"output_text","text":"Hi"}]}""", "invalid_value",
        "input[0].content[0].type")]
    [InlineData("""{"role":"user","content":[{"type":"input_image","detail":"auto"}]}""", "missing_required_parameter",
        "input[0].content[0].image_url")]
    [InlineData("""{"role":"user","content":[{"type":"input_image","image_url":{"url":"https://a.b/c"}}]}""",
        "invalid_type", "input[0].content[0].image_url")]
    [InlineData("""{"role":"user","content":[{"type":"input_image","image_url":"c.png"}]}""", "invalid_value",
        "input[0].content[0].image_url")]
    [InlineData("""{"role":"user","content":[{"type":"input_file"}]}""", "missing_required_parameter",
        "input[0].content[0].file_id")]
    [InlineData("""{"role":"user","content":"Hi","name":"Ann"}""", "unknown_parameter", "input[0].name")]
    [InlineData("""{"type":"function_call_output","call_id":"call_1","output":"4"}""", null, "input")]
    [InlineData("""{"type":"function_call","call_id":"call_1","name":"f","arguments":"{}"}""", null, "input")]
    public async Task Input_item_of_the_wrong_shape_is_refused(string item, string? code, string param) =>
        AssertRefused(await shared.Driver.Post(EmulatorDriver.Responses,
            $$"""{"model":"gpt-test","input":[{{item}}]}"""), code, param);

    [Theory]
    [InlineData(17, 1, 1, "object_above_max_properties", "metadata")]
    [InlineData(1, 65, 1, "property_name_above_max_length", "metadata")]
    [InlineData(1, 64, 513, "string_above_max_length", null)]
    public async Task Metadata_beyond_its_bounds_is_refused(int pairs, int name, int value, string code, string? param)
    {
        var members = Enumerable.Range(0, pairs)
            .Select(index => $"\"{new string((char)('a' + index), name)}\":\"{new string('v', value)}\"");

        var answer = await Post($"\"metadata\":{{{string.Join(',', members)}}}");

        AssertRefused(answer, code, param ?? $"metadata.{new string('a', name)}");
    }

    [Theory]
    [InlineData("\"metadata\":null,\"temperature\":null")]
    [InlineData("\"temperature\":2,\"top_p\":0,\"top_logprobs\":20,\"max_output_tokens\":16")]
    [InlineData(
        "\"reasoning\":{\"effort\":\"xhigh\",\"summary\":\"auto\"},\"service_tier\":\"flex\",\"truncation\":\"auto\"")]
    [InlineData(
        "\"tools\":[{\"type\":\"web_search\",\"user_location\":{\"type\":\"approximate\",\"country\":\"DE\"}}]")]
    [
        InlineData(
            "\"tools\":[{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}],"
                + "\"tool_choice\":{\"type\":\"code_interpreter\"}")]
    [InlineData("\"safety_identifier\":\"u1\",\"prompt_cache_key\":\"k\"")]
    public async Task Field_at_its_bound_is_accepted(string fields) =>
        Assert.Equal(200, (await Post(fields)).Status);

    Task<Answered> Post(string fields) =>
        shared.Driver.Post(EmulatorDriver.Responses, $$"""{"model":"gpt-test","input":"Hi",{{fields}}}""");

    static void AssertRefused(Answered answer, string? code, string? param)
    {
        Assert.Equal(400, answer.Status);
        Assert.Equal("invalid_request_error", answer.Error.GetProperty("type").GetString());
        Assert.Equal((code, param), (answer.Code, answer.Param));
    }
}
