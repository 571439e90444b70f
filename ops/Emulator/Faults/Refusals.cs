namespace OpenAIWorker.Emulator.Faults;

/// <summary>OpenAI's words for a status and code.</summary>
static class Refusals
{
    public static ApiException Of(int status, string code, TimeSpan? retryAfter)
    {
        var (message, type, ownCode) = (status, code) switch
        {
            (429, "insufficient_quota") => ("You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", code),
            (429 or 503, "slow_down") => ("Please slow down your requests.", "rate_limit_error", code),
            (429, "") => ("Rate limit reached for requests.", "requests", "rate_limit_exceeded"),
            (503, _) => ("The server is currently overloaded. Please try again later.", "service_unavailable_error", "server_is_overloaded"),
            (401, _) => ("Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
            (403, _) => ("Country, region, or territory not supported.", "request_forbidden", "unsupported_country_region_territory"),
            (404, _) => ("The model does not exist or you do not have access to it.", "invalid_request_error", "model_not_found"),
            (400, "context_length_exceeded") => ("Your input exceeds the context window of this model.", "invalid_request_error", code),
            (400, "content_policy_violation") => ("Your request was rejected as a result of our safety system.", "image_generation_user_error", code),
            ( >= 500, _) => ("The server had an error while processing your request.", "server_error", "server_error"),
            _ => ("The request is refused because it asked for that.", "invalid_request_error", code),
        };
        return new(status, message, type, code: code.Length > 0 ? code : ownCode) { RetryAfter = retryAfter ?? (status == 429 && code is "" or "slow_down" ? TimeSpan.FromSeconds(1) : null) };
    }
}
