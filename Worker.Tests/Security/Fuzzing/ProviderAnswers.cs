namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>Answers of real providers, one for each address.</summary>
static class ProviderAnswers
{
    public const string Refusal = """
        {"error":{"message":"Rate limit reached for m in organization org-1 on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.","type":"requests","param":"input[0]","code":"rate_limit_exceeded","metadata":{"raw":"{}","provider_name":"X"}}}
        """;

    static readonly (string Path, string Json)[] All =
    [
        ("/responses", """
            {"id":"resp_1","object":"response","created_at":1,"status":"completed","error":null,"incomplete_details":null,"model":"m-1","service_tier":"default","output":[
            {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"so"}]},
            {"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"x"}},
            {"type":"file_search_call","id":"fs_1","status":"completed","queries":["x"],"results":[{"file_id":"file-1","filename":"a.txt","score":0.5,"text":"x"}]},
            {"type":"function_call","id":"fc_1","call_id":"call_1","name":"find_clause","arguments":"{\"about\":\"notice\"}","status":"completed"},
            {"type":"image_generation_call","id":"ig_1","status":"completed","result":"iVBORw0KGgo="},
            {"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"{\"number\":\"14\",\"quote\":\"x\"}","annotations":[{"type":"url_citation","url":"https://host.invalid","title":"t","start_index":0,"end_index":1},{"type":"file_citation","file_id":"file-1","filename":"a.txt","index":0}],"logprobs":[{"token":"x","logprob":-0.1,"bytes":[120],"top_logprobs":[]}]},{"type":"refusal","refusal":"no"}]}],
            "usage":{"input_tokens":11,"input_tokens_details":{"cached_tokens":3},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":18}}
            """),
        ("/chat/completions", """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m-1","choices":[{"index":0,"message":{"role":"assistant","content":"ok","reasoning_content":"so","tool_calls":[{"id":"c1","type":"function","function":{"name":"find_clause","arguments":"{}"}}]},"logprobs":{"content":[{"token":"ok","logprob":-0.1,"bytes":[1],"top_logprobs":[]}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18,"prompt_tokens_details":{"cached_tokens":1},"completion_tokens_details":{"reasoning_tokens":1}}}
            """),
        ("/embeddings",
            """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,"""
                + """-0.2]}],"model":"m","usage":{"prompt_tokens":2,"total_tokens":2}}"""),
        ("/moderations",
            """{"id":"modr-1","model":"m","results":[{"flagged":true,"categories":{"hate":true},"category_scores":"""
                + """{"hate":0.5},"category_applied_input_types":{"hate":["text"]}}]}"""),
        ("/images",
            """{"created":1,"background":"opaque","output_format":"png","quality":"low","size":"1024x1024","data":"""
                + """[{"b64_json":"iVBORw0KGgo=","revised_prompt":"x"}],"usage":{"input_tokens":"""
                + """1,"input_tokens_details":{"text_tokens":1,"image_tokens":0},"output_tokens":2,"total_tokens":"""
                + """3}}"""),
        ("/audio/speech", "\"sound\""),
        ("/audio",
            """{"task":"transcribe","language":"en","duration":1.5,"text":"x","segments":[{"id":0,"start":0,"end":"""
                + """1.5,"text":"x","speaker":"A","avg_logprob":-0.1,"no_speech_prob":0.1}],"words":"""
                + """[{"word":"x","start":0,"end":1}],"logprobs":[{"token":"x","logprob":-0.1,"bytes":"""
                + """[1]}],"usage":{"type":"duration","seconds":2}}"""),
        ("/conversations",
            """{"id":"conv_1","object":"conversation","created_at":1,"metadata":{"a":"b"},"data":"""
                + """[{"type":"message","id":"msg_1","role":"user","content":"""
                + """[{"type":"input_text","text":"x"}]}],"has_more":false,"last_id":"msg_1","deleted":true}"""),
        ("/vector_stores",
            """{"id":"vs_1","object":"vector_store","status":"completed","file_counts":{"total":1,"completed":"""
                + """1,"failed":0,"in_progress":0},"data":[{"id":"file-1","status":"completed","last_error":"""
                + """null}],"has_more":false}"""),
        ("/files",
            """{"id":"file-1","object":"file","bytes":5,"created_at":1,"expires_at":"""
                + """2,"filename":"a.txt","purpose":"user_data","status":"processed","data":"""
                + """[{"id":"file-2","object":"file","bytes":5,"created_at":"""
                + """1,"filename":"b.txt","purpose":"batch"}],"has_more":"""
                + """true,"first_id":"file-2","last_id":"file-2","deleted":true}"""),
    ];

    /// <summary>The answer for a path such as <c>/v1/responses/resp_1</c>.</summary>
    public static string For(string path) =>
        All.FirstOrDefault(answer => path.Contains(answer.Path, StringComparison.Ordinal)).Json
            ?? """{"object":"list","data":[{"id":"m","object":"model"}]}""";
}
