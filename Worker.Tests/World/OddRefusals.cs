namespace OpenAIWorker.Tests.World;

/// <summary>Refusals that do not look like one, and refusals inside successful answers.</summary>
static class OddRefusals
{
    const string Json = "application/json";
    const string Page = "text/html; charset=UTF-8";

    public static readonly (string Name, int Status, string? Type, string Body, string Right)[] Rows =
    [
        ("aws", 403, Json, """{"Message":"User is not authorized to perform: bedrock:InvokeModel"}""",
            """{"code":"forbidden","message":"~bedrock:InvokeModel"}"""),
        ("apigee", 429, Json,
            """{"fault":{"faultstring":"Rate limit quota violation. Quota limit exceeded.","detail":"""
                + """{"errorcode":"policies.ratelimit.QuotaViolation"}}}""", """{"delayed":"rate_limited"}"""),
        ("problem json", 422, "application/problem+json",
            """{"type":"about:blank","title":"Unprocessable","detail":"messages: must not be empty","status":422}""",
            """{"code":"invalid_request","message":"~messages: must not be empty"}"""),
        ("errors of texts", 400, Json, """{"errors":["first","second"]}""",
            """{"code":"invalid_request","message":"~first"}"""),
        ("message in json", 400, Json, """{"error":{"message":"{\"detail\":\"The inner reason\"}","code":"x"}}""",
            """{"code":"invalid_request","message":"~The inner reason"}"""),
        ("message an object", 400, Json, """{"error":{"message":{"reason":"The inner reason"}}}""",
            """{"code":"invalid_request","message":"~The inner reason"}"""),
        ("no words", 400, Json, """{"a":1}""", """{"code":"invalid_request","message":"~{\"a\":1}"}"""),
        ("parameter of a model", 400, Json,
            """{"error":{"message":"The model m: parameter 'logprobs' is not """
                + """supported.","type":"invalid_request_error","param":"logprobs","code":"unsupported_parameter"}}""",
                """{"code":"invalid_request","member":"logprobs"}"""),
        ("empty", 500, null, "",
            """{"code":"provider_error","kind":"transient","message":"~no reason","error":null}"""),
        ("half a character", 400, Json, "{\"error\":{\"message\":\"bad \\ud83d\"}}",
            """{"code":"invalid_request","message":"~bad \ufffd"}"""),
        ("client closed", 499, Json, "{}", """{"code":"provider_error","kind":"transient"}"""),
        ("too early", 425, Json, "{}", """{"code":"provider_error","kind":"transient"}"""),
        ("not implemented", 501, Json, """{"error":"not implemented"}""",
            """{"code":"not_found","kind":"permanent"}"""),
        ("proxy", 407, Page, "<html>Proxy Authentication Required</html>",
            """{"code":"unreachable","kind":"permanent","remedy":"operator"}"""),
        ("gone", 410, Json, """{"error":{"message":"The model m has been retired."}}""",
            """{"code":"model_not_found"}"""),
        ("invalid at 500", 500, Json,
            """{"object":"error","message":"This model's maximum context length is 4096 tokens.","code":500}""",
            """{"code":"context_length_exceeded","kind":"permanent"}"""),
        // Inside an answer with a status of success.
        ("openai quota inside", 200, Json,
            """{"error":{"message":"You exceeded your current """
                + """quota","type":"insufficient_quota","code":"insufficient_quota"}}""",
                """{"code":"quota_exhausted","status":429}"""),
        ("anthropic inside", 200, Json,
            """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""",
            """{"code":"overloaded","status":503}"""),
        ("gemini inside", 200, Json,
            """[{"error":{"code":429,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED","details":"""
                + """[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"17s"}]}}]""",
                """{"delayed":"rate_limited","seconds":17}"""),
        ("openrouter empty choices", 200, Json,
            """{"id":"gen-1","object":"chat.completion","choices":[],"error":{"message":"Upstream idle timeout """
                + """exceeded","code":504}}""", """{"code":"provider_error","kind":"transient","status":504}"""),
        ("vllm inside", 200, Json,
            """{"object":"error","message":"The model `m` does not exist.","type":"NotFoundError","param":"""
                + """null,"code":404}""", """{"code":"model_not_found","status":404}"""),
        ("minimax inside", 200, Json,
            """{"id":"x","choices":null,"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}""",
            """{"ending":"failed","message":"~insufficient balance"}"""),
        ("spark inside", 200, Json, """{"code":10013,"message":"input content audit failed","sid":"x"}""",
            """{"code":"broken_answer","kind":"transient","message":"~It says: input content audit failed"}"""),
        ("baidu inside", 200, Json, """{"error_code":110,"error_msg":"Access token invalid or no longer valid"}""",
            """{"ending":"failed","message":"~Access token invalid"}"""),
        ("cloudflare inside", 200, Json,
            """{"success":false,"errors":[{"code":7003,"message":"Could not route to /accounts/x"}],"messages":"""
                + """[],"result":null}""", """{"ending":"failed","message":"~Could not route"}"""),
        ("code and message inside", 200, Json, """{"code":500,"msg":"internal error","data":null}""",
            """{"code":"provider_error","status":500}"""),
        ("text inside", 200, Json, """{"error":"rate limit reached, retry in 2 minutes"}""",
            """{"delayed":"rate_limited","seconds":120}"""),
    ];
}
