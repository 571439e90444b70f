using System.Text.Json;
using OpenAIWorker.Contracts;
using static OpenAIWorker.Tests.World.ProviderAnswers;

namespace OpenAIWorker.Tests.World;

/// <summary>Answers of Chat Completions in the forms of many providers.</summary>
static class ChatAnswers
{
    public static readonly (string Name, string Body, JobRequest Job, string Right)[] Rows =
    [
        ("deepseek reasoning", Choice("""{"role":"assistant","content":"42","reasoning_content":"because"}""",
            usage: ""","usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":"""
                + """18,"prompt_cache_hit_tokens":4,"prompt_cache_miss_tokens":7}"""), Chat,
                    """{"text":"42","reasoning":"because","usage":{"cachedTokens":4}}"""),
        ("deepseek only reasoning",
            Choice("""{"role":"assistant","content":null,"reasoning_content":"still thinking"}""", "length"), Chat,
            """{"code":"broken_answer","kind":"permanent","message":"~maxTokens","text":"still thinking","usage":"""
                + """{"outputTokens":7}}"""),
        ("openrouter reasoning",
            Choice(
                """{"role":"assistant","content":"42","reasoning":"because","reasoning_details":"""
                    + """[{"type":"reasoning.text","text":"because"},{"type":"reasoning.encrypted","data":"eA=="}]}"""),
                        Chat,
                        """{"text":"42","reasoning":"because","otherOutput":"""
                            + """[{"type":"reasoning.encrypted","data":"eA=="}]}"""),
        ("openrouter keeps alive", $"\n\n   \n{Choice("""{"content":"ok"}""")}\n", Chat, """{"text":"ok"}"""),
        ("openrouter images",
            Choice(
                """{"content":"Here.","images":[{"type":"image_url","image_url":{"url":"data:image/webp;base64,"""
                    + """eA=="}}]}"""), Chat,
                        """{"text":"Here.","files":"""
                            + """[{"contentType":"image/webp","fileName":"image-1.webp","base64":"eA=="}],"otherOu"""
                            + """tput":null}"""),
        ("openrouter image elsewhere",
            Choice(
                """{"content":"Here.","images":[{"type":"image_url","image_url":{"url":"https:"""
                    + """//example.com/a.png"}}]}"""), Chat,
                        """{"otherOutput":[{"image_url":{"url":"https://example.com/a.png"}}]}"""),
        ("ollama call without id",
            Choice(
                """{"content":"","tool_calls":[{"id":"","type":"function","function":{"name":"f","arguments":""}},"""
                    + """{"type":"function","function":{"name":"g","arguments":null}}]}""", "tool_calls"), Chat,
                        """{"toolCalls":[{"id":"call_0","name":"f","arguments":"{}"},"""
                            + """{"id":"call_1","name":"g","arguments":"{}"}]}"""),
        ("old function call", Choice("""{"content":null,"function_call":{"name":"f","arguments":{"a":[1]}}}""",
            "function_call"), Chat,
                """{"finishReason":"tool_calls","toolCalls":[{"id":"call_0","name":"f","arguments":"{\"a\":[1]}"}]}"""),
        ("custom tool",
            Choice(
                """{"content":null,"tool_calls":[{"id":"c1","type":"custom","custom":{"name":"sql","input":"select """
                    + """1"}}]}""", "tool_calls"), Chat,
                        """{"finishReason":"tool_calls","toolCalls":null,"otherOutput":[{"id":"c1","custom":"""
                            + """{"input":"select 1"}}]}"""),
        ("mistral references",
            Choice(
                """{"content":[{"type":"text","text":"See "},{"type":"reference","reference_ids":[1]},"""
                    + """{"type":"text","text":"there."}]}"""), Chat,
                        """{"text":"See there.","otherOutput":[{"type":"reference","reference_ids":[1]}]}"""),
        ("mistral thinking",
            Choice(
                """{"content":[{"type":"thinking","thinking":[{"type":"text","text":"a"},"""
                    + """{"type":"text","text":"b"}]},{"type":"text","text":"c"}]}"""), Chat,
                        """{"text":"c","reasoning":"ab","otherOutput":null}"""),
        ("anthropic thinking",
            Choice("""{"content":[{"type":"thinking","thinking":"hmm","signature":"s"},{"type":"text","text":"c"}]}"""),
            Chat, """{"text":"c","reasoning":"hmm"}"""),
        ("content as texts", Choice("""{"content":["a","b"]}"""), Chat, """{"text":"ab"}"""),
        ("content as json", Choice("""{"content":{"a":1}}"""), ChatJson, """{"json":{"a":1}}"""),
        ("completions text", """{"choices":[{"index":0,"text":"old","finish_reason":"stop"}]}""", Chat,
            """{"text":"old"}"""),
        ("perplexity",
            $$"""{"citations":["https://a"],"search_results":[{"url":"https://a"}],"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""", Chat, """{"text":"ok","otherOutput":[{"type":"citations","citations":["https://a"]},{"type":"search_results"}]}"""),
        ("xai reasoning beside", Choice("""{"content":"ok"}""",
            usage: ""","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":"""
                + """115,"completion_tokens_details":{"reasoning_tokens":100}}"""), Chat,
                    """{"usage":{"inputTokens":10,"outputTokens":105,"reasoningTokens":100,"totalTokens":115}}"""),
        ("gemini without content", Choice("""{"role":"assistant"}"""), Chat,
            """{"code":"broken_answer","kind":"permanent","remedy":"sender","message":"~finish reason stop, 11 """
                + """input tokens, 7 output tokens","usage":{"inputTokens":11}}"""),
        ("empty, and not billed", Choice("""{"content":""}""", usage: ""), Chat,
            """{"code":"broken_answer","kind":"transient"}"""),
        ("gemini cut", Choice("""{"role":"assistant"}""", "MAX_TOKENS"), Chat,
            """{"code":"broken_answer","kind":"permanent","message":"~maxTokens"}"""),
        ("gemini unsafe", Choice("""{"role":"assistant"}""", "SAFETY"), Chat,
            """{"code":"content_policy","kind":"permanent"}"""),
        ("azure filtered", Choice("""{"role":"assistant","content":null}""", "content_filter"), ChatJson,
            """{"code":"output_not_json","message":"~content_filter"}"""),
        ("cut by a filter", Choice("""{"content":"Once upon"}""", "content_filter"), Chat,
            """{"text":"Once upon","finishReason":"content_filter"}"""),
        ("json cut", Choice("""{"content":"{\"a\":"}""", "length"), ChatJson,
            """{"code":"output_not_json","text":"{\"a\":","message":"~maxTokens"}"""),
        ("json in prose",
            Choice("""{"content":"Sure, here it is:\n```json\n{\"a\": \"```x```\"}\n```\nAnything else?"}"""), ChatJson,
            """{"json":{"a":"```x```"}}"""),
        ("json after thinking", Choice("""{"content":"<think>maybe {\"b\":2}</think>\n\n{\"a\":1}"}"""), ChatJson,
            """{"json":{"a":1}}"""),
        ("json in an open fence", Choice("""{"content":"```\n[1,2]"}"""), ChatJson, """{"json":[1,2]}"""),
        ("json with half a character", Choice("""{"content":"{\"a\":\"\\ud83d\"}"}"""), ChatJson,
            """{"json":{"a":"\ufffd"}}"""),
        ("no json", Choice("""{"content":"I cannot."}"""), ChatJson,
            """{"code":"output_not_json","text":"I cannot."}"""),
        ("one of two is json",
            """{"choices":[{"index":0,"message":{"content":"{}"},"finish_reason":"stop"},{"index":1,"message":"""
                + """{"content":"no"},"finish_reason":"stop"}]}""", ChatJson with { Completions = 2 },
                """{"ending":"completed","json":{},"completions":[{"json":{}},{"json":null,"text":"no"}]}"""),
        ("one of two broke off",
            """{"choices":[{"message":{"content":"whole"},"finish_reason":"stop"},{"message":"""
                + """{"content":"ha"},"finish_reason":"error"}]}""", Chat with { Completions = 2 },
                """{"text":"whole","completions":[{"text":"whole"},{"finishReason":"error"}]}"""),
        ("audio",
            Choice("""{"content":null,"audio":{"id":"audio_1","data":"eA==","expires_at":1,"transcript":"Hi"}}"""),
            Chat
                with { Extra = new Dictionary<string, JsonElement> { ["audio"] = JsonElement.Parse(
                    """{"format":"mp3"}""") } },
                        """{"text":"Hi","files":"""
                            + """[{"fileName":"audio-1.mp3","contentType":"audio/mpeg","base64":"eA=="}],"otherOut"""
                            + """put":[{"type":"audio","id":"audio_1"}]}"""),
        ("raw line break", "{\"choices\":[{\"message\":{\"content\":\"a\nb\tc\"}}]}", Chat, """{"text":"a\nb\tc"}"""),
        ("unknown escape", """{"choices":[{"message":{"content":"a\_b\'c"}}]}""", Chat, """{"text":"a\\_b\\'c"}"""),
        ("python words",
            """{"choices":[{"message":{"content":"ok","refusal":None},"logprobs":nan,"last":True,"rate":"""
                + """-Infinity}],}""", Chat, """{"text":"ok"}"""),
        ("something behind", Choice("""{"content":"ok"}""") + "\n{\"error\":null}garbage\0\0", Chat,
            """{"text":"ok"}"""),
        ("numbers beyond all", Choice("""{"content":"ok"}""",
            usage: ""","usage":{"prompt_tokens":1e999,"completion_tokens":-7,"total_tokens":"18"},"x":1e400"""), Chat,
                """{"text":"ok","usage":{"inputTokens":0,"outputTokens":0,"totalTokens":18}}"""),
        ("numbers beyond all, raw",
            Choice("""{"content":"ok"}""",
                usage: ""","usage":{"prompt_tokens":-1,"completion_tokens":99999999999999}"""),
                    Chat with { Simplify = false }, """{"ending":"completed","usage":null}"""),
        ("numbers as texts", Choice("""{"content":"ok"}""",
            usage: ""","usage":{"prompt_tokens":"11","completion_tokens":"7.0"}"""), Chat,
                """{"usage":{"inputTokens":11,"outputTokens":7,"totalTokens":18}}"""),
        ("kinds of tokens", Choice("""{"content":"ok"}""",
            usage: ""","usage":{"prompt_tokens":30,"completion_tokens":20,"total_tokens":"""
                + """50,"prompt_tokens_details":{"text_tokens":10,"audio_tokens":20,"cached_tokens":"""
                + """5,"cache_write_tokens":6},"completion_tokens_details":{"text_tokens":8,"audio_tokens":"""
                + """12,"reasoning_tokens":1}}"""), Chat,
                    """{"usage":{"inputTextTokens":10,"inputAudioTokens":20,"inputImageTokens":"""
                        + """null,"cacheWriteTokens":6,"outputTextTokens":8,"outputAudioTokens":12}}"""),
    ];
}
