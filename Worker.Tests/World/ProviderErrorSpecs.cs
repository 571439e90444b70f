using OpenAIWorker.Tests.Operations;

namespace OpenAIWorker.Tests.World;

/// <summary>
/// Refusals in the shapes of many providers, gateways and proxies: the reason reaches the sender, and what is sure to
/// fail again is called once.
/// </summary>
public sealed class ProviderErrorSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    const string Json = "application/json";
    const string Page = "text/html; charset=UTF-8";

    static readonly (string Name, int Status, string? Type, string Body, string Right)[] Table =
    [
        ("vllm model", 404, Json,
            """{"object":"error","message":"The model `m` does not exist.","type":"NotFoundError","param":"""
                + """null,"code":404}""",
                """{"code":"model_not_found","remedy":"sender","error":{"code":"404","type":"NotFoundError"}}"""),
        ("vllm new model", 404, Json,
            """{"error":{"message":"The model `m` does not exist.","type":"NotFoundError","param":"model","code":"""
                + """404}}""", """{"code":"model_not_found"}"""),
        ("vllm context", 400, Json,
            """{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you """
                + """requested 5000 tokens (4000 in the messages, 1000 in the completion). Please reduce the """
                + """length of the messages or completion.","type":"BadRequestError","param":null,"code":400}""",
                """{"code":"context_length_exceeded","kind":"permanent"}"""),
        ("ollama model", 404, Json,
            """{"error":{"message":"model 'llama9' not found","type":"api_error","param":null,"code":null}}""",
            """{"code":"model_not_found"}"""),
        ("ollama pull", 404, Json, """{"error":"model \"x\" not found, try pulling it first"}""",
            """{"code":"model_not_found","message":"~try pulling it first","error":{"body":{"error":"model \"x\" """
                + """not found, try pulling it first"}}}"""),
        ("ollama route", 404, "text/plain", "404 page not found",
            """{"code":"not_found","remedy":"operator","error":{"body":"404 page not found"}}"""),
        ("lm studio context", 400, Json,
            """{"error":"Trying to keep the first 4705 tokens when context the overflows. However, the model is """
                + """loaded with context length of only 4096 tokens, which is not enough."}""",
                """{"code":"context_length_exceeded"}"""),
        ("lm studio none loaded", 404, Json,
            """{"error":{"message":"No models loaded. Please load a model in the developer page or use the 'lms """
                + """load' command.","type":"invalid_request_error","param":"model","code":"model_not_found"}}""",
                """{"code":"model_not_found"}"""),
        ("llama.cpp context", 400, Json,
            """{"error":{"code":400,"message":"the request exceeds the available context size, try increasing """
                + """it","type":"exceed_context_size_error","n_prompt_tokens":5000,"n_ctx":4096}}""",
                """{"code":"context_length_exceeded","error":{"body":{"error":{"n_ctx":4096}}}}"""),
        ("llama.cpp loading", 503, Json,
            """{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""",
            """{"code":"overloaded","kind":"transient"}"""),
        ("openrouter raw", 400, Json,
            """{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\n \"error\": {\n """
                + """\"message\": \"Unknown parameter: 'foo'.\",\n \"type\": \"invalid_request_error\",\n """
                + """\"param\": \"foo\", \"code\": """
                + """\"unknown_parameter\"}}","provider_name":"OpenAI"}},"user_id":"org_1"}""",
                """{"code":"invalid_request","member":"foo","message":"~Provider returned error: Unknown parameter:"""
                    + """ 'foo'.","error":{"body":{"user_id":"org_1"}}}"""),
        ("openrouter credits", 402, Json,
            """{"error":{"message":"This request requires more credits, or fewer max_tokens.","code":402}}""",
            """{"code":"quota_exhausted"}"""),
        ("openrouter model", 400, Json,
            """{"error":{"message":"x/y is not a valid model ID","code":400},"user_id":"u"}""",
            """{"code":"model_not_found"}"""),
        ("openrouter endpoints", 404, Json, """{"error":{"message":"No endpoints found for x/y.","code":404}}""",
            """{"code":"model_not_found"}"""),
        ("openrouter limited", 429, Json,
            """{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"m is temporarily """
                + """rate-limited upstream. Please retry shortly.","provider_name":"B"}}}""",
                """{"delayed":"rate_limited"}"""),
        ("groq too large", 413, Json,
            """{"error":{"message":"Request too large for model `m` in organization `o` on tokens per minute (TPM):"""
                + """ Limit 6000, Requested 9000, please reduce your message size and try """
                + """again.","type":"tokens","code":"rate_limit_exceeded"}}""",
                """{"code":"request_too_large","kind":"permanent"}"""),
        ("groq flex", 498, Json,
            """{"error":{"message":"Flex tier capacity exceeded","type":"flex","code":"capacity_exceeded"}}""",
            """{"delayed":"overloaded"}"""),
        ("groq limited", 429, Json,
            """{"error":{"message":"Rate limit reached for model `m` on requests per minute (RPM): Limit 30, Used """
                + """30, Requested 1. Please try again in 7.66s. Visit https:"""
                + """//console.groq.com","type":"requests","code":"rate_limit_exceeded"}}""",
                """{"delayed":"rate_limited","seconds":7.66}"""),
        ("groq decommissioned", 400, Json,
            """{"error":{"message":"The model `m` has been decommissioned and is no longer """
                + """supported.","type":"invalid_request_error","code":"model_decommissioned"}}""",
                """{"code":"model_not_found"}"""),
        ("groq json", 400, Json,
            """{"error":{"message":"Failed to generate JSON. Please adjust your prompt. See 'failed_generation' """
                + """for more details.","type":"invalid_request_error","code":"json_validate_failed","failed_gener"""
                + """ation":"{"}}""",
                """{"code":"invalid_request","error":{"body":{"error":{"failed_generation":"{"}}}}"""),
        ("together model", 404, Json,
            """{"id":"x","error":{"message":"Unable to access model m. Please visit https://api.together.ai/models """
                + """to view the list of supported models.","type":"invalid_request_error","param":"""
                + """null,"code":"model_not_available"}}""", """{"code":"model_not_found"}"""),
        ("mistral validation", 422, Json,
            """{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","foo"],"msg":"Extra """
                + """inputs are not permitted","input":1}]},"type":"invalid_request_message_error","param":"""
                + """null,"code":"3051"}""",
                """{"code":"invalid_request","message":"~body.foo: Extra inputs are not permitted"}"""),
        ("mistral model", 400, Json,
            """{"object":"error","message":"Invalid model: m","type":"invalid_model","param":null,"code":"1500"}""",
            """{"code":"model_not_found"}"""),
        ("mistral context", 400, Json,
            """{"object":"error","message":"Prompt contains 33000 tokens and 0 draft tokens, too large for model """
                + """with 32768 maximum context length","type":"invalid_request_error","param":null,"code":"3051"}""",
                """{"code":"context_length_exceeded"}"""),
        ("mistral limited", 429, Json, """{"message":"Requests rate limit exceeded"}""",
            """{"delayed":"rate_limited"}"""),
        ("deepseek balance", 402, Json,
            """{"error":{"message":"Insufficient Balance","type":"unknown_error","param":"""
                + """null,"code":"invalid_request_error"}}""", """{"code":"quota_exhausted"}"""),
        ("deepseek model", 400, Json,
            """{"error":{"message":"Model Not Exist","type":"invalid_request_error","param":"""
                + """null,"code":"invalid_request_error"}}""", """{"code":"model_not_found"}"""),
        ("azure limited", 429, Json,
            """{"error":{"code":"429","message":"Requests to the ChatCompletions_Create Operation under Azure """
                + """OpenAI API version 2024-02-01 have exceeded token rate limit of your current OpenAI S0 """
                + """pricing tier. Please retry after 6 seconds. Please go here: https://aka.ms/oai/quotaincrease """
                + """if you would like to further increase the default rate limit."}}""",
                """{"delayed":"rate_limited","seconds":6}"""),
        ("azure deployment", 404, Json,
            """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not """
                + """exist. If you created the deployment within the last 5 minutes, please wait a moment and try """
                + """again."}}""", """{"code":"model_not_found"}"""),
        ("azure route", 404, Json, """{"error":{"code":"404","message":"Resource not found"}}""",
            """{"code":"not_found","remedy":"operator"}"""),
        ("azure key", 401, Json,
            """{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect, """
                + """or have expired."}""", """{"code":"unauthorized","message":"~Access token is missing"}"""),
        ("gemini argument", 400, Json,
            """[{"error":{"code":400,"message":"Request contains an invalid """
                + """argument.","status":"INVALID_ARGUMENT"}}]""",
                """{"code":"invalid_request","error":{"type":"INVALID_ARGUMENT","body":[{"error":{"code":400}}]}}"""),
        ("gemini model", 404, Json,
            """[{"error":{"code":404,"message":"models/m is not found for API version v1main, or is not supported """
                + """for generateContent.","status":"NOT_FOUND"}}]""", """{"code":"model_not_found"}"""),
        ("gemini overloaded", 503, Json,
            """[{"error":{"code":503,"message":"The model is overloaded. Please try again """
                + """later.","status":"UNAVAILABLE"}}]""", """{"code":"overloaded","kind":"transient"}"""),
        ("gemini key", 400, Json,
            """[{"error":{"code":400,"message":"API key not valid. Please pass a valid API """
                + """key.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]""",
                """{"code":"unauthorized","remedy":"operator"}"""),
        ("litellm bad request", 500, Json,
            """{"error":{"message":"litellm.BadRequestError: OpenAIException - Unknown parameter: 'foo'","type":"""
                + """null,"param":null,"code":"500"}}""", """{"code":"invalid_request","kind":"permanent"}"""),
        ("litellm context", 400, Json,
            """{"error":{"message":"litellm.ContextWindowExceededError: litellm.BadRequestError: This model's """
                + """maximum context length is 8192 tokens.","type":null,"param":null,"code":"400"}}""",
                """{"code":"context_length_exceeded"}"""),
        ("litellm limited", 429, Json,
            """{"error":{"message":"No deployments available for selected model, Try again in 5 seconds. Passed """
                + """model=m.","type":"None","param":"None","code":"429"}}""",
                """{"delayed":"rate_limited","seconds":5}"""),
        ("litellm budget", 400, Json,
            """{"error":{"message":"Budget has been exceeded! Current cost: 10.1, Max budget: """
                + """10.0","type":"budget_exceeded","param":null,"code":"400"}}""", """{"code":"quota_exhausted"}"""),
        ("cloudflare 502", 502, Page,
            "<!DOCTYPE html><html><head><title>x.com | 502: Bad "
                + "gateway</title><style>body{color:red}</style></head><body><h1>Bad gateway</h1><p>Error code "
                + "502</p></body></html>",
                """{"code":"provider_error","kind":"transient","message":"~502: Bad gateway Bad gateway Error code """
                    + """502"}"""),
        ("cloudflare 524", 524, Page, "<html><title>524: A timeout occurred</title></html>",
            """{"code":"provider_error","kind":"transient","status":524}"""),
        ("cloudflare challenge", 403, Page,
            "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script>x=1</script></body></html>",
            """{"code":"forbidden","message":"~Just a moment..."}"""),
        ("nginx 504", 504, Page,
            "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>\r\n<center><h1>504 Gateway "
                + "Time-out</h1></center>\r\n<hr><center>nginx</center></body></html>",
                """{"code":"provider_error","message":"~504 Gateway Time-out"}"""),
        ("nginx 413", 413, Page, "<html><head><title>413 Request Entity Too Large</title></head></html>",
            """{"code":"request_too_large"}"""),
        ("express route", 404, Page,
            "<!DOCTYPE html><html><body><pre>Cannot POST /v1/chat/completions</pre></body></html>",
            """{"code":"not_found","remedy":"operator"}"""),
        ("fastapi route", 404, Json, """{"detail":"Not Found"}""",
            """{"code":"not_found","remedy":"operator","error":{"body":{"detail":"Not Found"}}}"""),
        ("fastapi method", 405, Json, """{"detail":"Method Not Allowed"}""",
            """{"code":"not_found","remedy":"operator"}"""),
        ("kong route", 404, Json, """{"message":"no Route matched with those values"}""",
            """{"code":"not_found","remedy":"operator"}"""),
        ("dashscope inspection", 400, Json,
            """{"error":{"code":"data_inspection_failed","param":null,"message":"Input data may contain """
                + """inappropriate content.","type":"data_inspection_failed"}}""", """{"code":"content_policy"}"""),
        ("zhipu limited", 429, Json, """{"error":{"code":"1302","message":"您的账户已达到速率限制"}}""",
            """{"delayed":"rate_limited"}"""),
        ("anthropic overloaded", 529, Json,
            """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""",
            """{"delayed":"overloaded"}"""),
        ("anthropic long", 400, Json,
            """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 208310 """
                + """tokens > 200000 maximum"}}""", """{"code":"context_length_exceeded"}"""),
        ("anthropic credit", 400, Json,
            """{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low """
                + """to access the Anthropic API."}}""", """{"code":"quota_exhausted"}"""),
        ("moonshot overloaded", 429, Json,
            """{"error":{"message":"The engine is currently overloaded, please try again """
                + """later","type":"engine_overloaded_error"}}""", """{"delayed":"overloaded"}"""),
        ("moonshot quota", 429, Json,
            """{"error":{"message":"Your account is suspended, please check your plan and billing """
                + """details","type":"exceeded_current_quota_error"}}""", """{"code":"quota_exhausted"}"""),
        ("xai long", 400, Json,
            """{"code":"Client specified an invalid argument","error":"This model's maximum prompt length is """
                + """131072 but the request contains 200000 tokens."}""", """{"code":"context_length_exceeded"}"""),
        ("tgi long", 422, Json,
            """{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 """
                + """`inputs` tokens and 500 `max_new_tokens`","error_type":"validation"}""",
                """{"code":"context_length_exceeded","error":{"type":"validation"}}"""),
        ("huggingface loading", 503, Json, """{"error":"Model m is currently loading","estimated_time":20.0}""",
            """{"code":"overloaded","kind":"transient","error":{"body":{"estimated_time":20.0}}}"""),
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
        // Inside of an answer that says success.
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

    public static TheoryData<int, string> Cases => new(Table.Index().Select(row => (row.Index, row.Item.Name)));

    [Theory, MemberData(nameof(Cases))]
    public Task What_was_refused_ends_right(int row, string name) =>
        scene.Try(new(name.Replace(' ', '-'), ProviderSocket.Http(Table[row].Status, Table[row].Type, Table[row].Body),
            Messages.SmallestChat, Table[row].Right));

    [Fact]
    public Task A_redirect_names_its_target_without_what_may_be_secret() => scene.Try(new(
        "redirect", ProviderSocket.Http(308, null, "",
            "Location: https://eu.example.com/v1/chat/completions?key=secret"), Messages.SmallestChat,
        """{"code":"not_found","remedy":"operator","message":"The provider answered 308 and no reason. It points """
            + """to https://eu.example.com/v1/chat/completions. If that is where the provider is now, set the """
            + """credential's BaseUrl to it."}"""));

    [Theory]
    [InlineData("x-ratelimit-reset-requests: 9", 9)]
    [InlineData("x-ratelimit-reset: 12", 12)]
    [InlineData("Retry-After: 11s", 11)]
    public Task Resets_and_waits_as_plain_numbers_are_obeyed(string header, int seconds) => scene.Try(new(
        "reset", ProviderSocket.Http(429, Json, """{"error":{"message":"Slow down, please."}}""", header),
        Messages.SmallestChat, $$"""{"delayed":"rate_limited","seconds":{{seconds}}}"""));
}
