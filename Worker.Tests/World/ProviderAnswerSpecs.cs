using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;

namespace OpenAIWorker.Tests.World;

/// <summary>Answers that were paid for, in the shapes of many providers: each reaches its sender.</summary>
public sealed class ProviderAnswerSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    const string Usage = ""","usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}""";

    static readonly MessageModel Chat = Messages.SmallestChat;
    static readonly MessageModel ChatJson = Chat with { Output = new() { Type = OutputType.JsonObject } };
    static readonly MessageModel Responses = Messages.Smallest;
    static readonly MessageModel ResponsesJson = Responses with { Output = new() { Type = OutputType.JsonObject } };

    static readonly (string Name, string Body, JobRequest Job, string Right)[] Table =
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
                        """{"code":"output_not_json","message":"~What came: 2 × web_search_call, reasoning."}"""),
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

    public static TheoryData<int, string> Cases => new(Table.Index().Select(row => (row.Index, row.Item.Name)));

    [Theory, MemberData(nameof(Cases))]
    public Task What_was_paid_for_arrives(int row, string name) =>
        scene.Try(new(name.Replace(' ', '-'), ProviderSocket.Http(200, "application/json", Table[row].Body),
            Table[row].Job, Table[row].Right));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Bytes_that_are_no_UTF_8_become_the_replacement_character(bool raw) => scene.Try(new(
        "bytes", ProviderSocket.Http(200, "application/json",
            [.. """{"choices":[{"message":{"content":"a"""u8, 0xFF, .. "\"}}]}"u8]), Chat with { Simplify = !raw },
        raw ? """{"raw":{"choices":[{"message":{"content":"a\ufffd"}}]}}""" : """{"text":"a\ufffd"}"""));

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public Task A_body_is_read_in_the_charset_that_its_type_names(string charset) => scene.Try(new(
        charset, ProviderSocket.Http(200, $"application/json; charset={charset}",
            Encoding.GetEncoding(charset).GetBytes(Choice("""{"content":"Grüße"}"""))), Chat, """{"text":"Grüße"}"""));

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public Task A_transcript_too(string charset) => scene.Try(new(
        $"transcript-{charset}", ProviderSocket.Http(200, $"text/plain; charset={charset}",
            Encoding.GetEncoding(charset).GetBytes("Viele Grüße")),
                Messages.Transcription with { ResponseFormat = "text" }, """{"text":"Viele Grüße"}"""));

    [Fact]
    public Task Utf_16_is_read_by_its_mark() => scene.Try(new(
        "utf16", ProviderSocket.Http(200, "application/json",
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Choice("""{"content":"ok"}"""))]), Chat,
                """{"text":"ok"}"""));

    [Fact]
    public Task Json_that_is_called_a_text_is_read() =>
        scene.Try(new("plain", ProviderSocket.Http(200, "text/plain", Choice("""{"content":"ok"}""")), Chat,
            """{"text":"ok"}"""));

    [Fact]
    public Task An_answer_that_was_cut_is_tried_again() => scene.Try(new(
        "cut", ProviderSocket.Http(200, "application/json", """{"choices":[{"message":{"content":"o"""), Chat,
        """{"code":"broken_answer","kind":"transient"}"""));

    [Fact]
    public async Task An_approval_is_answered_by_the_job_that_goes_on()
    {
        var job = Guid.NewGuid().ToString();
        scene.Provider.Answer(job,
            _ =>
                ProviderSocket.Http(200, "application/json",
                    Response("""{"type":"message","content":[{"type":"output_text","text":"Done."}]}""")));

        Right.Check(JsonElement.Parse("""{"text":"Done."}"""), await scene.Worker.End(new MessageModel
        {
            JobId = job,
            Model = "m",
            PreviousResponseId = "resp_1",
            Messages = [new() { Approvals = [new() { Id = "mcpr_1", Approve = true },
                new() { Id = "mcpr_2", Reason = "Too dear." }] }],
        }), "ending");

        JsonAssert.Same(
            """{"model":"m","previous_response_id":"resp_1","input":"""
                + """[{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true},"""
                + """{"type":"mcp_approval_response","approval_request_id":"mcpr_2","approve":false,"reason":"Too """
                + """dear."}]}""",
            JsonElement.Parse(Assert.Single(scene.Provider.Of(job)).Body));
    }

    [Fact]
    public async Task An_assistant_asks_for_approval_and_hears_the_answer_in_its_thread()
    {
        var job = Guid.NewGuid().ToString();
        await scene.Worker.Answer(Messages.Ada with { Name = job });
        scene.Provider.Answer(job,
            call => ProviderSocket.Http(200, "application/json", call.Line.Contains("/items", StringComparison.Ordinal)
            ? """{"object":"list","data":[]}"""
            : Response(
                """{"type":"mcp_approval_request","id":"mcpr_2","server_label":"s","name":"t","arguments":"{}"}""")));

        var ending = await scene.Worker.End(new MessageAssistant
        {
            JobId = job,
            AssistantName = job,
            ThreadId = "conv_1",
            Approvals = [new() { Id = "mcpr_1", Approve = true }],
        });

        Right.Check(JsonElement.Parse(
            """{"ending":"completed","finishReason":"tool_calls","mcpApprovals":[{"id":"mcpr_2"}]}"""), ending,
                "ending");
        var sent = JsonElement.Parse(scene.Provider.Of(job)[^1].Body);
        JsonAssert.Same("""[{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true}]""",
            sent.GetProperty("input"));
        Assert.Equal("conv_1", sent.GetProperty("conversation").GetString());
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(404, false)]
    [InlineData(500, false)]
    public async Task Files_of_the_code_interpreter_come_along_and_cost_no_answer_where_they_do_not(int status,
        bool comes)
    {
        var job = Guid.NewGuid().ToString();
        scene.Provider.Answer(job,
            call => call.Line.StartsWith("GET /v1/containers/cntr_1/files/cfile_1/content ", StringComparison.Ordinal)
            ? ProviderSocket.Http(status, "text/csv", "a,b")
            : ProviderSocket.Http(200, "application/json",
                Response(
                    """{"type":"message","content":[{"type":"output_text","text":"Here.","annotations":"""
                        + """[{"type":"container_file_citation","container_id":"cntr_1","file_id":"cfile_1","filen"""
                        + """ame":"../t.csv"},{"type":"container_file_citation"}]}]}""")));

        var ending = await scene.Worker.End(Responses with { JobId = job, Model = job });

        Right.Check(JsonElement.Parse(
            """{"ending":"completed","text":"Here.","attempts":1,"annotations":[{"file_id":"cfile_1"},{}]}"""), ending,
                "ending");
        Right.Check(JsonElement.Parse(comes
            ? """[{"fileName":"t.csv","contentType":"text/csv","base64":"YSxi"}]"""
            : "null"), ending.TryGetProperty("files", out var files) ? files : default, "files");
        Assert.Single(scene.Provider.Of(job), call => call.Line.StartsWith("POST", StringComparison.Ordinal));
    }

    internal static string Choice(string message, string finish = "stop", string usage = Usage) =>
        $$"""{"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,"message":{{message}},"finish_reason":"{{finish}}"}]{{usage}}}""";

    internal static string Response(string output) =>
        $$$"""{"id":"resp_1","object":"response","status":"completed","model":"m","output":[{{{output}}}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}""";
}
