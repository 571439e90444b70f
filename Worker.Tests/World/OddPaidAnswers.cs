using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using static OpenAIWorker.Tests.World.ProviderAnswers;

namespace OpenAIWorker.Tests.World;

/// <summary>Billed answers with undocumented members and texts.</summary>
static class OddPaidAnswers
{
    public static readonly (string Name, string Body, JobRequest Job, string Right)[] Rows =
    [
        ("groq tools", Choice("""{"content":"ok","executed_tools":[{"index":0,"type":"search","output":"x"}]}"""), Chat,
            """{"text":"ok","otherOutput":[{"type":"executed_tools","executed_tools":[{"output":"x"}]}]}"""),
        ("openrouter breaks off",
            """{"choices":[{"message":{"content":"par"},"finish_reason":"error","error":{"code":"""
                + """502,"message":"Lost."}}]}""", Chat,
                """{"code":"provider_error","status":502,"text":"par","kind":"transient"}"""),
        ("an error and no reason",
            """{"choices":[{"message":{"content":"par"},"finish_reason":null,"error":{"code":"""
                + """502,"message":"Lost."}}]}""", Chat,
                """{"code":"provider_error","status":502,"text":"par","message":"~Lost."}"""),
        ("an error beside choices without a reason",
            """{"error":{"code":503,"message":"Gone."},"choices":[{"message":{"content":"par"}}]}""", Chat,
                """{"code":"overloaded","status":503,"text":"par"}"""),
        ("an error beside a complete answer",
            """{"choices":[{"message":{"content":"ok"},"finish_reason":"stop","error":{"message":"Late."}}]}""", Chat,
                """{"text":"ok","otherOutput":[{"type":"error","error":{"message":"Late."}}]}"""),
        ("a text as an error beside it",
            """{"error":"Late.","choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""", Chat,
                """{"text":"ok","otherOutput":[{"type":"error","error":"Late."}]}"""),
        ("an error in one of two",
            """{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"},{"index":1,"message":"""
                + """{},"error":{"message":"Lost."}}]}""", Chat with { Completions = 2 },
                """{"text":"ok","completions":[{},{"text":null}],"otherOutput":[{"error":{"message":"Lost."}}]}"""),
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
}
