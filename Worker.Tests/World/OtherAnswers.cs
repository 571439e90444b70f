using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using static OpenAIWorker.Tests.World.ProviderAnswers;

namespace OpenAIWorker.Tests.World;

/// <summary>Answers of Responses and of all other calls, in the forms of many providers.</summary>
static class OtherAnswers
{
    public static readonly (string Name, string Body, JobRequest Job, string Right)[] Rows =
    [
        ("content as text", Response("""{"type":"message","content":"whole"}"""), Responses, """{"text":"whole"}"""),
        ("vllm reasoning",
            Response(
                """{"type":"reasoning","content":[{"type":"reasoning_text","text":"because"}],"summary":[]},"""
                    + """{"type":"message","content":[{"type":"output_text","text":"42"}]}"""), Responses,
                        """{"text":"42","reasoning":"because"}"""),
        ("mcp approval",
            Response(
                """{"type":"mcp_list_tools","server_label":"s","tools":[]},"""
                    + """{"type":"mcp_approval_request","id":"mcpr_1","server_label":"s","name":"t","arguments":"{"""
                    + """\"a\":1}"}"""), Responses,
                        """{"finishReason":"tool_calls","text":null,"mcpApprovals":"""
                            + """[{"id":"mcpr_1","server":"s","name":"t","arguments":"{\"a\":1}"}],"otherOutput":"""
                            + """[{"type":"mcp_list_tools"}]}"""),
        ("custom and shell and computer",
            Response(
                """{"type":"custom_tool_call","call_id":"c1","name":"sql","input":"select 1"},"""
                    + """{"type":"local_shell_call","call_id":"c2"},{"type":"computer_call","call_id":"c3"}"""),
                        Responses,
                        """{"finishReason":"tool_calls","otherOutput":[{"input":"select 1"},{"call_id":"c2"},"""
                            + """{"call_id":"c3"}]}"""),
        ("what include asked for",
            Response(
                """{"type":"web_search_call","action":{"type":"search","sources":[{"url":"https://a"}]}},"""
                    + """{"type":"file_search_call","results":[{"file_id":"f"}]},"""
                    + """{"type":"code_interpreter_call","outputs":[{"type":"logs","logs":"1"}]},"""
                    + """{"type":"reasoning","summary":"""
                    + """[{"type":"summary_text","text":"sum"}],"encrypted_content":"x"},"""
                    + """{"type":"message","content":[{"type":"output_text","text":"ok"}]}"""), Responses,
                        """{"text":"ok","reasoningSummary":"sum","otherOutput":[{"action":{"sources":"""
                            + """[{"url":"https://a"}]}},{"results":[{"file_id":"f"}]},{"outputs":[{"logs":"1"}]},"""
                            + """{"encrypted_content":"x"}]}"""),
        ("a kind of the future", Response("""{"type":"dream","of":"sheep"}"""), Responses,
            """{"ending":"completed","otherOutput":[{"type":"dream","of":"sheep"}]}"""),
        ("image that is none",
            Response(
                """{"type":"image_generation_call","result":"?"},{"type":"message","content":"""
                    + """[{"type":"output_text","text":"ok"}]}"""), Responses,
                        """{"text":"ok","files":null,"otherOutput":[{"result":"?"}]}"""),
        ("logprobs an object",
            Response("""{"type":"message","content":[{"type":"output_text","text":"ok","logprobs":{}}]}"""), Responses,
            """{"text":"ok"}"""),
        ("only reasoning",
            """{"object":"response","status":"incomplete","incomplete_details":"""
                + """{"reason":"max_output_tokens"},"output":[{"type":"reasoning","summary":[]}],"usage":"""
                + """{"input_tokens":1,"output_tokens":16,"output_tokens_details":{"reasoning_tokens":16}}}""",
                Responses,
                """{"code":"broken_answer","kind":"permanent","message":"~maxTokens","usage":{"reasoningTokens":"""
                    + """16}}"""),
        ("only reasoning, json",
            """{"object":"response","status":"incomplete","incomplete_details":"""
                + """{"reason":"max_output_tokens"},"output":[{"type":"reasoning","summary":[]}]}""", ResponsesJson,
                """{"code":"output_not_json","message":"~reasoning"}"""),
        ("only a search, json",
            """{"object":"response","status":"incomplete","incomplete_details":"""
                + """{"reason":"max_output_tokens"},"output":[{"type":"web_search_call"}]}""", ResponsesJson,
                """{"code":"output_not_json","message":"~maxTokens"}"""),
        ("only searches, json",
            Response(
                """{"type":"web_search_call","action":{}},{"type":"web_search_call","action":{}},"""
                    + """{"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]}"""), ResponsesJson,
                        """{"code":"output_not_json","message":"~Received: 2 × web_search_call, reasoning."}"""),
        ("image that was thought about",
            Choice(
                """{"content":"a cat","reasoning_content":"whiskers","images":[{"image_url":{"url":"https:"""
                    + """//example.com/a.png"}}]}"""), Messages.Analysis with { Api = ModelApi.ChatCompletions },
                        """{"text":"a cat","reasoning":"whiskers","otherOutput":[{"image_url":{"url":"https:"""
                            + """//example.com/a.png"}}]}"""),
        ("code that says success", """{"code":0,"message":"success","data":{"x":1}}""", new CallApi { Path = "x" },
            """{"ending":"completed","body":{"code":0}}"""),
        ("code that says error", """{"code":"InvalidParameter","message":"no such thing","request_id":"r"}""",
            new CallApi { Path = "x" }, """{"ending":"failed","message":"~no such thing"}"""),
        ("filtered to nothing",
            """{"object":"response","status":"incomplete","incomplete_details":"""
                + """{"reason":"content_filter"},"output":[]}""", Responses, """{"code":"content_policy"}"""),
        ("failed response",
            """{"id":"resp_1","object":"response","status":"failed","error":"""
                + """{"code":"invalid_prompt","message":"No."},"output":[],"usage":{"input_tokens":"""
                + """5,"output_tokens":0}}""", Responses,
                """{"code":"content_policy","usage":{"inputTokens":5},"error":{"message":"No.","body":"""
                    + """{"id":"resp_1"}}}"""),
        ("throttled response",
            """{"id":"resp_1","object":"response","status":"failed","error":"""
                + """{"code":"rate_limit_exceeded","message":"Try again in 12s."},"output":[]}""", Responses,
                """{"delayed":"rate_limited","seconds":12}"""),
        ("call-api inside", """{"error":{"message":"no","code":400}}""", new CallApi { Path = "x" },
            """{"code":"invalid_request","status":400}"""),
        ("call-api a job that failed",
            """{"id":"ftjob-1","object":"fine_tuning.job","status":"failed","error":{"code":"x","message":"bad """
                + """file"}}""", new CallApi { Path = "x" }, """{"ending":"completed","body":{"id":"ftjob-1"}}"""),
        ("image inside",
            """{"error":{"message":"Your request was rejected by the safety """
                + """system.","type":"image_generation_user_error","code":"moderation_blocked"}}""", Messages.Image,
                """{"code":"content_policy","status":400}"""),
        ("image as address",
            """{"data":[{"b64_json":"data:image/png;base64,eA=="}],"usage":{"input_tokens":50,"output_tokens":"""
                + """100,"input_tokens_details":{"text_tokens":10,"image_tokens":40}}}""", Messages.Image,
                """{"images":[{"file":{"base64":"eA=="}}],"usage":{"inputTextTokens":10,"inputImageTokens":40}}"""),
        ("embeddings inside", """{"error":{"message":"input too large","code":"rate_limit_exceeded"}}""",
            Messages.Embeddings, """{"delayed":"rate_limited"}"""),
        ("embeddings nested", """{"data":[{"embedding":[[0.5,1]]}],"usage":{"prompt_tokens":"3"}}""",
            Messages.Embeddings, """{"embeddings":[{"vector":[0.5,1]}],"usage":{"inputTokens":3}}"""),
        ("embeddings infinite", """{"data":[{"embedding":[1e999]}]}""", Messages.Embeddings,
            """{"code":"broken_answer"}"""),
        ("moderation twice",
            """{"results":[{"flagged":true,"categories":{"a":true,"a":true},"category_scores":{"a":1,"a":0.5,"b":"""
                + """1e999}}]}""", new ClassifyText { Text = "x" }, """{"flagged":true}"""),
        ("speech inside", """{"error":{"message":"Busy","code":503}}""", Messages.Speech,
            """{"code":"overloaded","message":"~Busy"}"""),
        ("transcript text as json", """{"text":"Hello"}""", Messages.Transcription with { ResponseFormat = "text" },
            """{"text":"Hello"}"""),
        ("transcript as a json text", "\"Hello\"", Messages.Transcription with { ResponseFormat = "text" },
            """{"text":"Hello"}"""),
        ("subtitles called json", "1\n00:00:00,000 --> 00:00:01,000\nHello\n",
            Messages.Transcription with { ResponseFormat = "srt" }, """{"text":"~00:00:01,000"}"""),
        ("transcript inside", """{"error":{"message":"audio too short","type":"invalid_request_error"}}""",
            Messages.Transcription with { ResponseFormat = "vtt" },
            """{"code":"invalid_request","message":"~audio too short"}"""),
        ("duration as text",
            """{"text":"Hello","duration":"8.47","segments":[{"start":0,"end":1e999,"text":"Hello"}]}""",
            Messages.Transcription with { ResponseFormat = "verbose_json" },
            """{"durationSeconds":8.47,"segments":[{"endSeconds":0}]}"""),
    ];
}
