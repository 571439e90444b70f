namespace OpenAIWorker.Emulator.Limits;

/// <summary>A refusal in OpenAI's words.</summary>
static class LimitErrors
{
    const string LearnMore = "Visit https://platform.openai.com/account/rate-limits to learn more.";

    public static ApiError Of(Denial denial, string model, ToldLimits tells) => new(429,
        tells == ToldLimits.All ? Message(denial, model) : "Too many requests. Please try again later.")
    {
        Type = tells == ToldLimits.Nothing ? "rate_limit_error" : denial.Kind,
        Code = "rate_limit_exceeded",
        RetryAfter = denial.Wait,
    };

    static string Message(Denial denial, string model)
    {
        var place = $"for {model} in organization {AnswerHeaders.Organization} on {Unit(denial)}: Limit {denial.Limit}";
        return denial.Wait is { } wait
            ? $"Rate limit reached {place}, Used {denial.Used}, Requested {denial.Requested}. "
                + $"Please try again in {GoDuration.Format(wait)}. {LearnMore}"
            : $"Request too large {place}, Requested {denial.Requested}. "
                + $"The input or output tokens must be reduced in order to run successfully. {LearnMore}";
    }

    static string Unit(Denial denial) => denial.Kind == "tokens" ? "tokens per min (TPM)" : "requests per min (RPM)";
}
