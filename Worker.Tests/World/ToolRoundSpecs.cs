using System.Text.Json;
using OpenAIWorker.Contracts;
using static OpenAIWorker.Tests.World.ProviderAnswers;

namespace OpenAIWorker.Tests.World;

/// <summary>
/// Rounds of functions: everything that was paid for is in the result, and providers get back what they require.
/// </summary>
public sealed class ToolRoundSpecs : ToolRoundScene
{
    const string Ask = """{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_first_round_brought_is_in_the_result(bool store)
    {
        Answers("r", Response($$$"""
            {"type":"message","content":[{"type":"output_text","text":"Let me look.","annotations":[{"type":"url_citation","url":"a"},{"type":"container_file_citation","container_id":"cntr_1","file_id":"cfile_1","filename":"t.csv"}]}]},
            {"type":"image_generation_call","status":"completed","result":"eHl6"},{"type":"web_search_call","action":{"sources":[{"url":"a"}]}},
            {"type":"code_interpreter_call","outputs":[{"type":"logs","logs":"1"}]},{"type":"reasoning","summary":[{"type":"summary_text","text":"sum"}],"encrypted_content":"sealed"},{{{Ask}}}
            """), Response($$$"""{"type":"image_generation_call","status":"completed","result":"YWJj"},{{{Done}}}"""));

        var ending = await worker.End(Responses with { JobId = "r", Store = store ? null : false });

        Right.Check(JsonElement.Parse("""
            {"ending":"completed","text":"done","reasoningSummary":"sum","toolCalls":null,"annotations":[{"url":"a"},{"file_id":"cfile_1"},{"url":"b"}],
             "files":[{"fileName":"image-1.png","base64":"eHl6"},{"fileName":"t.csv","base64":"YSxi"},{"fileName":"image-3.png","base64":"YWJj"}],
             "otherOutput":[{"type":"message","content":"Let me look."},{"type":"web_search_call"},{"type":"code_interpreter_call","outputs":[{"logs":"1"}]}]}
            """), ending, "ending");
        Assert.Equal(2, provider.Of("r").Count(IsPost));
    }

    [Fact]
    public async Task Files_of_a_round_wait_in_the_store_and_what_is_too_long_for_the_job_is_one()
    {
        var (image, sources) = (Convert.ToBase64String(new byte[5_000]), Noise(60_000));
        Answers("l",
            Response(
                $$$"""{"type":"image_generation_call","result":"{{{image}}}"},{"type":"web_search_call","sources":"{{{sources}}}"},{{{Ask}}}"""), Response(Done));

        var answer = await worker.Answer(Responses with { JobId = "l" });

        Assert.Equal(("done", 5_000L), (answer.Text, answer.Files![0].Length));
        Assert.Equal(("round-1.json", "application/json"), (answer.Files[1].FileName, answer.Files[1].ContentType));
        Assert.All(answer.Files, file => Assert.NotNull(file.Payload));
        Assert.True(answer.Files[1].Length > 60_000);
        Assert.Null(answer.OtherOutput);
    }

    [Fact]
    public async Task Json_after_words_and_a_call_is_json()
    {
        Answers("j",
            Response($$$"""{"type":"message","content":[{"type":"output_text","text":"Let me look."}]},{{{Ask}}}"""),
            Response("""{"type":"message","content":[{"type":"output_text","text":"{\"a\":1}"}]}"""));

        Right.Check(JsonElement.Parse("""{"json":{"a":1},"text":"{\"a\":1}"}"""),
            await worker.End(Responses with { JobId = "j", Output = new() { Type = OutputType.JsonObject } }),
            "ending");
    }

    [Theory]
    [InlineData("""{"type":"custom_tool_call","call_id":"c2","name":"sql","input":"select 1"}""", "otherOutput")]
    [InlineData("""{"type":"shell_call","id":"sh_1","call_id":"c2","action":{"commands":["ls"]}}""", "otherOutput")]
    [InlineData("""{"type":"a_future_call","call_id":"c2"}""", "otherOutput")]
    [InlineData("""{"type":"mcp_approval_request","id":"m","server_label":"s","name":"t","arguments":"{}"}""",
        "mcpApprovals")]
    public async Task Where_only_the_caller_can_answer_a_part_all_of_it_is_the_callers(string item, string member)
    {
        Answers("m", Response($"{Ask},{item}"));

        var ending = await worker.End(Responses with { JobId = "m" });

        Right.Check(JsonElement.Parse(
            $$$"""{"ending":"completed","finishReason":"tool_calls","toolCalls":[{"id":"c1"}],"{{{member}}}":[{}]}"""),
                ending, "ending");
        Assert.Single(provider.Of("m"));
    }

    [Fact]
    public async Task What_the_provider_ran_itself_delays_nothing()
    {
        Answers("p",
            Response(
                $$$"""{"type":"shell_call","call_id":"c2"},{"type":"shell_call_output","call_id":"c2","output":[]},{{{Ask}}}"""), Response(Done));

        Right.Check(JsonElement.Parse(
            """{"text":"done","otherOutput":[{"type":"shell_call"},{"type":"shell_call_output"}]}"""),
                await worker.End(Responses with { JobId = "p" }), "ending");
    }

    [Fact]
    public async Task What_a_round_brought_goes_along_where_the_job_fails_later()
    {
        var next = 0;
        provider.Answer("f", call => !IsPost(call) ? ProviderSocket.Http(200, "text/csv", "a,b") : next++ > 0
            ? ProviderSocket.Http(400, "application/json", """{"error":{"message":"No.","code":"invalid_value"}}""")
            : ProviderSocket.Http(200, "application/json", Response($$$"""
                {"type":"message","content":[{"type":"output_text","text":"Let me look.","annotations":[{"type":"container_file_citation","container_id":"cntr_1","file_id":"cfile_1","filename":"t.csv"}]}]},
                {"type":"image_generation_call","result":"eHl6"},{"type":"web_search_call","action":{"sources":[{"url":"a"}]}},{{{Ask}}}
                """)));

        var ending = await worker.End(Responses with { JobId = "f", MaxRetries = 0 });

        Right.Check(JsonElement.Parse("""
            {"ending":"failed","code":"invalid_request","usage":{"totalTokens":2},"files":[{"fileName":"image-1.png","base64":"eHl6"},{"fileName":"t.csv","base64":"YSxi"}],
             "otherOutput":[{"type":"message","content":"Let me look."},{"type":"web_search_call"}]}
            """), ending, "ending");
    }

    static string Noise(int length)
    {
        var bytes = new byte[length / 2];
        new Random(1).NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }
}
