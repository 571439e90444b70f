using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Operations;
using static OpenAIWorker.Tests.World.ProviderAnswerSpecs;

namespace OpenAIWorker.Tests.World;

/// <summary>
/// What was billed reaches its sender or ends with what came; it is not asked for again, and nothing is called a
/// success that says nothing.
/// </summary>
public sealed class PaidAnswerSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    static readonly MessageModel Chat = Messages.SmallestChat;
    static readonly MessageModel ChatJson = Chat with { Output = new() { Type = OutputType.JsonObject } };
    static readonly MessageModel Responses = Messages.Smallest;
    static readonly MessageModel ResponsesJson = Responses with { Output = new() { Type = OutputType.JsonObject } };

    static readonly (string Name, string Body, JobRequest Job, string Right)[] Table =
    [
        ("words beside a call, json",
            Choice(
                """{"content":"Let me look.","tool_calls":[{"id":"c","type":"function","function":"""
                    + """{"name":"f","arguments":"{}"}}]}""", "tool_calls"), ChatJson,
                        """{"ending":"completed","text":"Let me look.","json":null,"toolCalls":[{"id":"c"}]}"""),
        ("words beside a custom call, json",
            Choice(
                """{"content":"Let me look.","tool_calls":[{"id":"c","type":"custom","custom":"""
                    + """{"name":"sql","input":"x"}}]}""", "tool_calls"), ChatJson,
                        """{"ending":"completed","json":null,"otherOutput":[{"id":"c"}]}"""),
        ("words beside a response's call, json",
            Response(
                """{"type":"message","content":[{"type":"output_text","text":"Let me look."}]},"""
                    + """{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}"""), ResponsesJson,
                        """{"ending":"completed","text":"Let me look.","json":null,"toolCalls":"""
                            + """[{"id":"c"}],"finishReason":"tool_calls"}"""),
        ("words beside an approval, json",
            Response(
                """{"type":"message","content":[{"type":"output_text","text":"May I?"}]},"""
                    + """{"type":"mcp_approval_request","id":"m","server_label":"s","name":"t","arguments":"{}"}"""),
                        ResponsesJson, """{"ending":"completed","json":null,"mcpApprovals":[{"id":"m"}]}"""),
        ("words beside a shell, json",
            Response(
                """{"type":"message","content":[{"type":"output_text","text":"Now."}]},"""
                    + """{"type":"shell_call","id":"sh_1","call_id":"c","action":{"commands":["ls"]}}"""),
                        ResponsesJson,
                        """{"ending":"completed","json":null,"finishReason":"tool_calls","otherOutput":"""
                            + """[{"call_id":"c"}]}"""),
        ("a shell of the provider's, no json",
            Response(
                """{"type":"shell_call","id":"sh_1","call_id":"c"},"""
                    + """{"type":"shell_call_output","call_id":"c","output":[]},{"type":"message","content":"""
                    + """[{"type":"output_text","text":"Done."}]}"""), ResponsesJson,
                        """{"code":"output_not_json","text":"Done."}"""),
        ("no choices, billed",
            """{"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}""", Chat,
            """{"code":"broken_answer","kind":"permanent","message":"~billed","usage":{"totalTokens":18},"error":"""
                + """{"body":{"choices":[]}}}"""),
        ("choices an object",
            """{"choices":{"message":{"content":"ok"},"finish_reason":"stop"},"usage":{"prompt_tokens":"""
                + """11,"completion_tokens":7,"total_tokens":18}}""", Chat, """{"text":"ok","finishReason":"stop"}"""),
        ("choices an object of them", """{"choices":{"0":{"message":{"content":"ok"}}}}""", Chat, """{"text":"ok"}"""),
        ("no output, billed",
            """{"object":"response","status":"completed","usage":{"input_tokens":11,"output_tokens":"""
                + """7,"total_tokens":18}}""", Responses,
                """{"code":"broken_answer","kind":"permanent","usage":{"totalTokens":18}}"""),
        ("no output, not billed", """{"object":"response","status":"completed"}""", Responses,
            """{"code":"broken_answer","kind":"transient"}"""),
        ("output_text alone",
            """{"status":"completed","output_text":"ok","usage":{"input_tokens":11,"output_tokens":"""
                + """7,"total_tokens":18}}""", Responses, """{"text":"ok","usage":{"totalTokens":18}}"""),
        ("a chat completion in the place of a response", Choice("""{"content":"ok"}"""), Responses,
            """{"text":"ok","finishReason":"stop","usage":{"totalTokens":18}}"""),
        ("a response in the place of a chat completion",
            Response("""{"type":"message","content":[{"type":"output_text","text":"ok"}]}"""), Chat,
            """{"text":"ok"}"""),
        ("two vectors for one text, billed",
            """{"data":[{"embedding":[1]},{"embedding":[2]}],"usage":{"prompt_tokens":3,"total_tokens":3}}""",
            Messages.Embeddings, """{"code":"broken_answer","kind":"permanent","usage":{"inputTokens":3}}"""),
        ("cut in a search",
            """{"object":"response","status":"incomplete","incomplete_details":"""
                + """{"reason":"max_output_tokens"},"output":[{"type":"reasoning","summary":[]},"""
                + """{"type":"web_search_call"}],"usage":{"input_tokens":11,"output_tokens":7,"total_tokens":18}}""",
                Responses,
                """{"code":"broken_answer","kind":"permanent","message":"~maxTokens","error":{"body":"""
                    + """{"status":"incomplete"}}}"""),
        ("filtered in a search",
            """{"object":"response","status":"incomplete","incomplete_details":"""
                + """{"reason":"content_filter"},"output":[{"type":"web_search_call"}],"usage":{"input_tokens":"""
                + """11,"output_tokens":7,"total_tokens":18}}""", Responses,
                """{"code":"content_policy","kind":"permanent"}"""),
        ("code_interpreter_call alone", Response("""{"type":"code_interpreter_call","status":"completed"}"""),
            Responses, """{"code":"broken_answer","message":"~code_interpreter_call"}"""),
        ("web_search_call alone", Response("""{"type":"web_search_call","status":"completed"}"""), Responses,
            """{"code":"broken_answer","message":"~web_search_call"}"""),
        ("file_search_call alone", Response("""{"type":"file_search_call","status":"completed"}"""), Responses,
            """{"code":"broken_answer","message":"~file_search_call"}"""),
        ("mcp_list_tools alone", Response("""{"type":"mcp_list_tools","status":"completed"}"""), Responses,
            """{"code":"broken_answer","message":"~mcp_list_tools"}"""),
        ("mcp_call alone", Response("""{"type":"mcp_call","status":"completed"}"""), Responses,
            """{"code":"broken_answer","message":"~mcp_call"}"""),
        ("image_generation_call alone", Response("""{"type":"image_generation_call","status":"completed"}"""),
            Responses, """{"code":"broken_answer","message":"~image_generation_call"}"""),
        ("tool_search_output alone", Response("""{"type":"tool_search_output","status":"completed"}"""), Responses,
            """{"code":"broken_answer","message":"~tool_search_output"}"""),
        ("empty refusal", Choice("""{"content":"","refusal":""}"""), Chat,
            """{"code":"broken_answer","kind":"permanent"}"""),
        ("empty refusal beside json", Choice("""{"content":"{\"a\":1}","refusal":""}"""), ChatJson,
            """{"json":{"a":1},"refusal":null}"""),
        ("empty refusal beside words, json", Choice("""{"content":"nope","refusal":""}"""), ChatJson,
            """{"code":"output_not_json","text":"nope"}"""),
        ("empty refusal of a response", Response("""{"type":"message","content":[{"type":"refusal","refusal":" "}]}"""),
            Responses, """{"code":"broken_answer"}"""),
        ("white space alone", Choice("""{"content":" \n"}"""), Chat, """{"code":"broken_answer","kind":"permanent"}"""),
        ("two refusals",
            Response(
                """{"type":"message","content":[{"type":"refusal","refusal":"No."},"""
                    + """{"type":"refusal","refusal":"Never."}]}"""), Responses, """{"refusal":"No.\n\nNever."}"""),
        ("approval of an object",
            Response(
                """{"type":"mcp_approval_request","id":"m","server_label":"s","name":"delete","arguments":"""
                    + """{"path":"/"}}"""), Responses, """{"mcpApprovals":[{"arguments":"{\"path\":\"/\"}"}]}"""),
        ("commentary before json",
            Response(
                """{"type":"message","phase":"commentary","content":[{"type":"output_text","text":"I will now."}]},"""
                    + """{"type":"message","phase":"final_answer","content":[{"type":"output_text","text":"{\"a\":"""
                    + """1}"}]}"""), ResponsesJson,
                        """{"text":"{\"a\":1}","json":{"a":1},"otherOutput":"""
                            + """[{"type":"message","phase":"commentary"}]}"""),
        ("commentary before words",
            Response(
                """{"type":"message","phase":"commentary","content":[{"type":"output_text","text":"I will now."}]},"""
                    + """{"type":"message","phase":"final_answer","content":"""
                    + """[{"type":"output_text","text":"Done."}]}"""), Responses,
                        """{"text":"Done.","otherOutput":[{"phase":"commentary"}]}"""),
        ("commentary alone",
            Response(
                """{"type":"message","phase":"commentary","content":[{"type":"output_text","text":"I will now."}]}"""),
                    Responses, """{"text":"I will now.","otherOutput":null}"""),
        ("words before a search, json",
            Response(
                """{"type":"message","content":[{"type":"output_text","text":"I will search."}]},"""
                    + """{"type":"web_search_call"},{"type":"message","content":"""
                    + """[{"type":"output_text","text":"{\"a\":1}"}]}"""), ResponsesJson,
                        """{"json":{"a":1},"text":"{\"a\":1}","otherOutput":[{"type":"web_search_call"},"""
                            + """{"type":"message"}]}"""),
        ("json in two messages",
            Response(
                """{"type":"message","content":[{"type":"output_text","text":"{\"a\":"}]},"""
                    + """{"type":"message","content":[{"type":"output_text","text":"1}"}]}"""), ResponsesJson,
                        """{"json":{"a":1},"otherOutput":null}"""),
        ("groq tools", Choice("""{"content":"ok","executed_tools":[{"index":0,"type":"search","output":"x"}]}"""), Chat,
            """{"text":"ok","otherOutput":[{"type":"executed_tools","executed_tools":[{"output":"x"}]}]}"""),
        ("azure context", Choice("""{"content":"ok","context":{"citations":[{"url":"u"}]}}"""), Chat,
            """{"otherOutput":[{"type":"context","context":{"citations":[{"url":"u"}]}}]}"""),
        ("litellm",
            Choice(
                """{"content":"ok","provider_specific_fields":{"a":1},"thinking_blocks":"""
                    + """[{"type":"thinking","thinking":"hm","signature":"s"}],"extra_content":{"google":{"x":1}}}"""),
                        Chat,
                        """{"reasoning":"hm","otherOutput":[{"type":"provider_specific_fields"},"""
                            + """{"type":"thinking_blocks","thinking_blocks":[{"signature":"s"}]},"""
                            + """{"type":"extra_content"}]}"""),
        ("zhipu and dashscope",
            """{"web_search":[{"link":"l"}],"search_info":{"search_results":[1]},"choices":[{"message":"""
                + """{"content":"ok"}}]}""", Chat,
                """{"otherOutput":[{"type":"web_search","web_search":[{"link":"l"}]},{"type":"search_info"}]}"""),
        ("together logprobs",
            """{"choices":[{"message":{"content":"ok"},"logprobs":{"tokens":["ok"],"token_logprobs":[-0.5]}}]}""", Chat,
            """{"logprobs":{"tokens":["ok"],"token_logprobs":[-0.5]},"otherOutput":null}"""),
        ("searches alone are no answer",
            """{"web_search":[{"link":"l"}],"choices":[{"message":{"content":""}}],"usage":{"prompt_tokens":"""
                + """11,"completion_tokens":7,"total_tokens":18}}""", Chat,
                """{"code":"broken_answer","error":{"body":{"web_search":[{"link":"l"}]}}}"""),
        ("reasoning as a text",
            Response(
                """{"type":"reasoning","content":"because"},{"type":"message","content":"""
                    + """[{"type":"output_text","text":"42"}]}"""), Responses, """{"reasoning":"because"}"""),
        ("a function in a namespace",
            Response("""{"type":"function_call","call_id":"c","namespace":"crm","name":"f","arguments":"{}"}"""),
            Responses, """{"toolCalls":[{"namespace":"crm","name":"f"}]}"""),
        ("image with sources",
            Response(
                """{"type":"reasoning","summary":[{"type":"summary_text","text":"sum"}]},"""
                    + """{"type":"message","content":[{"type":"output_text","text":"a cat","annotations":"""
                    + """[{"type":"url_citation","url":"u"}]}]}"""), Messages.Analysis,
                        """{"text":"a cat","reasoningSummary":"sum","annotations":[{"url":"u"}]}"""),
        ("content a number", Choice("""{"content":42}"""), Chat, """{"text":"42"}"""),
        ("message a text", """{"choices":[{"message":"hello"}]}""", Chat, """{"text":"hello"}"""),
        ("delta for message", """{"choices":[{"delta":{"content":"hello"}}]}""", Chat, """{"text":"hello"}"""),
        ("calls an object",
            Choice(
                """{"content":"","tool_calls":{"id":"c","type":"function","function":{"name":"f","arguments":{}}}}""",
                "tool_calls"), Chat, """{"toolCalls":[{"id":"c","name":"f"}]}"""),
        ("what nobody can read",
            """{"choices":[{"message":{"speech":"hello","content":null}}],"usage":{"prompt_tokens":"""
                + """11,"completion_tokens":7,"total_tokens":18}}""", Chat,
                """{"ending":"completed","otherOutput":[{"type":"speech","speech":"hello"}]}"""),
        ("call without call_id", Response("""{"type":"function_call","id":"fc_1","name":"f","arguments":"{}"}"""),
            Responses, """{"toolCalls":[{"id":"fc_1"}]}"""),
        ("json and the end of thoughts", Choice("""{"content":"hmm\n</think>\n{\"a\":1}"}"""), ChatJson,
            """{"json":{"a":1}}"""),
        ("json and tildes", Choice("""{"content":"~~~json\n{\"a\":1}\n~~~"}"""), ChatJson, """{"json":{"a":1}}"""),
        ("json and comments", Choice("""{"content":"```jsonc\n{\"a\":1 // one\n}\n```"}"""), ChatJson,
            """{"json":{"a":1}}"""),
        ("json and no-break spaces", Choice("""{"content":"\u00a0{\"a\":1}\u00a0\ufeff"}"""), ChatJson,
            """{"json":{"a":1}}"""),
        ("json and marks of a template", Choice("""{"content":"{\"a\":1}<|im_end|>"}"""), ChatJson,
            """{"json":{"a":1}}"""),
        ("json and a comma too many", Choice("""{"content":"{\"a\":1,}"}"""), ChatJson, """{"json":{"a":1}}"""),
        ("json with a raw line break", Choice("""{"content":"{\"a\":\"x\ny\"}"}"""), ChatJson,
            """{"json":{"a":"x\ny"}}"""),
        ("two jsons", Choice("""{"content":"{\"a\":1}{\"b\":2}"}"""), ChatJson,
            """{"code":"output_not_json","text":"{\"a\":1}{\"b\":2}"}"""),
        ("no json, in words", Choice("""{"content":"I\ncannot."}"""), ChatJson,
            """{"code":"output_not_json","message":"~it stops being JSON in line 1, at byte 1."}"""),
        ("completions out of order",
            """{"choices":[{"index":1,"message":{"content":"b"},"finish_reason":"length"},{"index":0,"message":"""
                + """{"content":"a"},"finish_reason":"stop"}]}""", Chat with { Completions = 2 },
                """{"text":"a","finishReason":"stop","completions":[{"index":0,"text":"a"},{"index":1,"text":"b"}]}"""),
        ("what the cache had", Choice("""{"content":"ok"}""",
            usage: ""","usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":"""
                + """18,"cache_read_input_tokens":5}"""), Chat, """{"usage":{"inputTokens":11,"cachedTokens":5}}"""),
        ("what the cache had beside the input",
            Choice("""{"content":"ok"}""",
                usage: ""","usage":{"input_tokens":11,"output_tokens":7,"cache_read_input_tokens":"""
                    + """100,"cache_creation_input_tokens":20}"""), Chat,
                        """{"usage":{"inputTokens":131,"cachedTokens":100,"cacheWriteTokens":20}}"""),
    ];

    public static TheoryData<int, string> Cases => new(Table.Index().Select(row => (row.Index, row.Item.Name)));

    [Theory, MemberData(nameof(Cases))]
    public Task It_arrives_or_says_what_came(int row, string name) =>
        scene.Try(new(name.Replace(' ', '-'), ProviderSocket.Http(200, "application/json", Table[row].Body),
            Table[row].Job, Table[row].Right));

    [Theory]
    [InlineData(100, """{"ending":"completed","text":"ok"}""")]
    [InlineData(LenientJson.Deepest + 1, """{"code":"result_too_large","kind":"permanent","message":"~levels"}""")]
    public Task Depth_in_places_that_nobody_needs_costs_no_answer_and_too_much_is_asked_for_once(int depth,
        string right) => scene.Try(new(
        "deep", ProviderSocket.Http(200, "application/json",
            $$$"""{"choices":[{"message":{"content":"ok"}}],"metadata":{{{Nested(depth)}}}}"""), Chat, right));

    [Fact]
    public Task What_is_too_deep_for_an_event_ends_as_result_too_large() => scene.Try(new(
        "deep-raw", ProviderSocket.Http(200, "application/json",
            $$$"""{"choices":[{"message":{"content":"ok"}}],"metadata":{{{Nested(100)}}}}"""),
                Chat with { Simplify = false },
        """{"code":"result_too_large"}"""));

    [Fact]
    public Task A_call_that_is_too_deep_for_an_event_ends_as_result_too_large() => scene.Try(new(
        "deep-call", ProviderSocket.Http(200, "application/json", Nested(100)), new CallApi { Path = "x" },
        """{"code":"result_too_large"}"""));

    static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    [Theory]
    [InlineData("float", "[0.5,1]", "[0.5,1]", null)]
    [InlineData(null, "\"AAAAPwAAgD8=\"", "[0.5,1]", null)]
    [InlineData(null, "\"AAAAPwAAgD8\"", "[0.5,1]", null)]
    [InlineData(null, "[\"0.5\",\"1\"]", "[0.5,1]", null)]
    [InlineData(null, "\"[0.5, 1]\"", "[0.5,1]", null)]
    [InlineData("base64", "\"[0.5, 1]\"", null, "AAAAPwAAgD8=")]
    [InlineData("base64", "[0.5,1]", null, "AAAAPwAAgD8=")]
    [InlineData("base64", "\"AAAAPwAAgD8=\"", null, "AAAAPwAAgD8=")]
    public Task A_vector_comes_in_the_encoding_that_was_asked_for(string? encoding, string embedding, string? vector,
        string? base64) => scene.Try(new(
        "vector", ProviderSocket.Http(200, "application/json", $$$"""{"data":[{"embedding":{{{embedding}}}}]}"""),
        Messages.Embeddings with { Encoding = encoding },
        $$$"""{"embeddings":[{"vector":{{{vector ?? "null"}}},"base64":{{{JsonSerializer.Serialize(base64)}}}}]}"""));

    [Theory]
    [InlineData("\"!!\"")]
    [InlineData("\"AAAAPwA=\"")]
    [InlineData("\"AADAfw==\"")]
    [InlineData("[]")]
    [InlineData("[\"x\"]")]
    public Task What_is_no_vector_is_not_taken_for_one(string embedding) => scene.Try(new(
        "no-vector", ProviderSocket.Http(200, "application/json",
            $$$"""{"data":[{"embedding":{{{embedding}}}}],"usage":{"prompt_tokens":1,"total_tokens":1}}"""),
                Messages.Embeddings with { Encoding = "base64" },
        """{"code":"broken_answer","kind":"permanent","message":"~neither numbers nor base64"}"""));

    [Theory]
    [InlineData("""{"error":{"code":"content_filter","message":"No hats."}}""",
        """{"error":{"code":"content_filter"}}""")]
    [InlineData("""{"b64_json":null}""", "{}")]
    [InlineData("""{"b64_json":"?","revised_prompt":"A cat"}""", """{"revised_prompt":"A cat"}""")]
    public async Task An_image_that_is_missing_does_not_cost_the_others(string missing, string other)
    {
        foreach (var job in (JobRequest[])[Messages.Image with { Count = 2 }, Messages.Edit with { Count = 2 }])
            await scene.Try(new(
                "image", ProviderSocket.Http(200, "application/json",
                    $$$"""{"data":[{{{missing}}},{"b64_json":"eHk"}],"usage":{"total_tokens":9,"output_tokens":9}}"""),
                        job,
                $$$"""{"ending":"completed","images":[{"file":{"base64":"eHk=","fileName":"image-1.png"}}],"otherOutput":[{{{other}}}]}"""));
    }

    [Theory]
    [InlineData("""{"error":{"code":"content_policy_violation","message":"No hats."}}""",
        """{"code":"content_policy","kind":"permanent","message":"~No hats."}""")]
    [InlineData("""{"b64_json":"?"}""", """{"code":"broken_answer","kind":"permanent","message":"~no base64"}""")]
    public Task Images_of_which_none_came_are_paid_for_once(string missing, string right) => scene.Try(new(
        "no-image", ProviderSocket.Http(200, "application/json",
            $$$"""{"data":[{{{missing}}}],"usage":{"total_tokens":9,"output_tokens":9}}"""), Messages.Image, right));

    [Theory]
    [InlineData("+-_/")]
    [InlineData("data:image/png;base64,-_-_")]
    public Task Base64_of_any_alphabet_is_an_image(string base64) => scene.Try(new(
        "alphabet", ProviderSocket.Http(200, "application/json", $$$"""{"data":[{"b64_json":"{{{base64}}}"}]}"""),
        Messages.Image, """{"images":[{"file":{"contentType":"image/png"}}]}"""));
}
