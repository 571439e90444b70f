using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using static OpenAIWorker.Tests.World.ProviderAnswers;

namespace OpenAIWorker.Tests.World;

/// <summary>Function calls in the forms of many providers, which the worker answers or returns to the caller.</summary>
public sealed class ForeignToolCallSpecs : ToolRoundScene
{
    static readonly MessageModel Chat = Responses with { Api = ModelApi.ChatCompletions };

    [Fact]
    public async Task A_custom_call_of_chat_goes_to_the_caller_with_the_others()
    {
        Answers("k",
            Choice(
                """{"content":null,"tool_calls":[{"id":"c1","type":"function","function":"""
                    + """{"name":"f","arguments":"{}"}},{"id":"c2","type":"custom","custom":"""
                    + """{"name":"sql","input":"x"}}]}""", "tool_calls"));

        Right.Check(JsonElement.Parse("""{"toolCalls":[{"id":"c1"}],"otherOutput":[{"id":"c2"}]}"""),
            await worker.End(Chat with { JobId = "k" }), "ending");
        Assert.Single(provider.Of("k"));
    }

    [Fact]
    public async Task A_message_of_chat_goes_back_as_it_came()
    {
        const string call =
            """{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":"""
                + """{"thought_signature":"sig"}}}""";
        Answers("c",
            Choice(
                $$$"""{"role":"assistant","content":"Let me look.","refusal":null,"reasoning_content":"hm","reasoning_details":[{"type":"reasoning.encrypted","data":"x"}],"tool_calls":[{{{call}}}]}""", "tool_calls"),
            Choice(
                """{"role":"assistant","content":null,"reasoning_content":"","tool_calls":"""
                    + """[{"type":"function","function":{"name":"f","arguments":{"a":1}} }]}""", "tool_calls"),
            Choice("""{"content":"done","reasoning_content":"so"}"""));

        var ending = await worker.End(Chat with { JobId = "c" });

        Right.Check(JsonElement.Parse(
            """{"text":"done","reasoning":"hm\n\nso","otherOutput":[{"type":"message","content":"Let me look."}]}"""),
                ending, "ending");
        var sent = JsonElement.Parse(provider.Of("c")[2].Body).GetProperty("messages");
        JsonAssert.Same($$$"""
            [{"role":"user","content":"Hello"},
             {"role":"assistant","content":"Let me look.","reasoning_content":"hm","reasoning_details":[{"type":"reasoning.encrypted","data":"x"}],"tool_calls":[{{{call}}}]},
             {"role":"tool","tool_call_id":"c1","content":"fair\n"},
             {"role":"assistant","content":null,"reasoning_content":"","tool_calls":[{"id":"call_0","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},
             {"role":"tool","tool_call_id":"call_0","content":"fair\n"}]
            """, sent);
    }

    [Fact]
    public async Task A_call_in_a_namespace_and_without_call_id_is_answered_by_what_it_has()
    {
        Answers("n", Response("""{"type":"function_call","id":"fc_1","namespace":"crm","name":"f","arguments":"{}"}"""),
            Response(Done));

        await worker.Answer(Responses with { JobId = "n", Store = false });

        JsonAssert.Same("""
            [{"role":"user","content":"Hello"},{"type":"function_call","call_id":"fc_1","name":"f","namespace":"crm","arguments":"{}"},{"type":"function_call_output","call_id":"fc_1","output":"fair\n"}]
            """, JsonElement.Parse(provider.Of("n")[1].Body).GetProperty("input"));
    }

    [Fact]
    public async Task An_answer_of_the_other_api_goes_to_the_caller()
    {
        Answers("o",
            Choice(
                """{"content":null,"tool_calls":[{"id":"c1","type":"function","function":"""
                    + """{"name":"f","arguments":"{}"}}]}""", "tool_calls"));

        Right.Check(JsonElement.Parse("""{"toolCalls":[{"id":"c1"}]}"""),
            await worker.End(Responses with { JobId = "o" }), "ending");
    }

    [Fact]
    public async Task A_call_that_is_a_part_of_the_content_is_answered_as_one()
    {
        Answers("u",
            Choice(
                """{"role":"assistant","content":[{"type":"text","text":"Let me look."},"""
                    + """{"type":"tool_use","id":"c1","name":"f","input":{"a":1}}]}""", "tool_use"),
                        Choice("""{"content":"done"}"""));

        Right.Check(JsonElement.Parse("""{"text":"done","otherOutput":[{"content":"Let me look."}]}"""),
            await worker.End(Chat with { JobId = "u" }), "ending");
        JsonAssert.Same("""
            [{"role":"user","content":"Hello"},
             {"role":"assistant","content":[{"type":"text","text":"Let me look."}],"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"fair\n"}]
            """, JsonElement.Parse(provider.Of("u")[1].Body).GetProperty("messages"));
    }
}
