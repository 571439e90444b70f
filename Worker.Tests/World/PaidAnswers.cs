using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using static OpenAIWorker.Tests.World.ProviderAnswers;

namespace OpenAIWorker.Tests.World;

/// <summary>Billed answers with little or no content.</summary>
static class PaidAnswers
{
    public static readonly (string Name, string Body, JobRequest Job, string Right)[] Rows =
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
    ];
}
