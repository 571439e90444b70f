namespace OpenAIWorker.Emulator.Faults;

/// <summary>
/// OpenAI's error for a status and a code, as its documentation and the issues of its clients show it.
/// </summary>
static class FaultErrors
{
    public static ApiError Of(int status, string? code, string model)
    {
        var name = code ?? UsualCode(status);
        var (type, message) = Words(status, name, model);
        return new(status, message) { Type = type, Code = name };
    }

    static string? UsualCode(int status) => status switch
    {
        401 => "invalid_api_key",
        403 => "unsupported_country_region_territory",
        404 => "model_not_found",
        429 => "rate_limit_exceeded",
        500 => "server_error",
        503 => "server_is_overloaded",
        _ => null,
    };

    static (string Type, string Message) Words(int status, string? code, string model) => code switch
    {
        "insufficient_quota" => ("insufficient_quota",
            "You exceeded your current quota, please check your plan and billing details. For more information on "
                + "this error, "
            + "read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors."),
        "credit_balance_exhausted" =>
            ("insufficient_quota", "Your credit balance is exhausted. Please add credits to continue."),
        "billing_hard_limit_reached" => ("billing_limit_user_error", "Billing hard limit has been reached."),
        "rate_limit_exceeded" => ("requests",
            $"Rate limit reached for {model} in organization {AnswerHeaders.Organization} on requests per min (RPM). "
            + "Please try again later."),
        "slow_down" => ("rate_limit_error",
            "Slow down: please reduce your request rate to its original level, keep it steady, and increase it "
                + "gradually."),
        "server_error" => ("server_error",
            "The server had an error while processing your request. Sorry about that! You can retry your request."),
        "server_is_overloaded" =>
            ("service_unavailable_error", "The engine is currently overloaded, please try again later."),
        "invalid_api_key" => ("invalid_request_error",
            "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys."),
        "model_not_found" =>
            ("invalid_request_error", $"The model `{model}` does not exist or you do not have access to it."),
        "context_length_exceeded" => ("invalid_request_error",
            "Your input exceeds the context window of this model. Please adjust your input and try again."),
        "unsupported_country_region_territory" => ("request_forbidden", "Country, region, or territory not supported."),
        "content_policy_violation" or "moderation_blocked" => ("image_generation_user_error",
            "Your request was rejected as a result of our safety system."),
        "conversation_locked" => ("invalid_request_error",
            "Another process is currently operating on this conversation. Please retry in a few seconds."),
        _ => (status >= 500 ? "server_error" : "invalid_request_error", $"The emulator was told to answer {status}."),
    };
}
