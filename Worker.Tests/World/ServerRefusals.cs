namespace OpenAIWorker.Tests.World;

/// <summary>Refusals of model servers, and of providers that run their own.</summary>
static class ServerRefusals
{
    const string Json = "application/json";

    public static readonly (string Name, int Status, string? Type, string Body, string Right)[] Rows =
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
    ];
}
