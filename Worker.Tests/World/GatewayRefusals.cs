namespace OpenAIWorker.Tests.World;

/// <summary>Refusals of clouds, gateways and proxies in front of a model.</summary>
static class GatewayRefusals
{
    const string Json = "application/json";
    const string Page = "text/html; charset=UTF-8";

    public static readonly (string Name, int Status, string? Type, string Body, string Right)[] Rows =
    [
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
    ];
}
