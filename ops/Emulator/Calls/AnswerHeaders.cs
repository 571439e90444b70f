using System.Globalization;
using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Emulator.Calls;

/// <summary>The headers that OpenAI sends with every answer, including errors.</summary>
static class AnswerHeaders
{
    public const string Organization = "org-emulator";

    public static void Write(IHeaderDictionary headers, Allowance allowance, TimeSpan took)
    {
        headers["x-request-id"] = NewId.Of("req_");
        headers["openai-organization"] = Organization;
        headers["openai-version"] = "2020-10-01";
        headers["openai-processing-ms"] = Number((long)took.TotalMilliseconds);
        if (allowance.Tells != ToldLimits.Nothing)
            Write(headers, "requests", allowance.Requests);
        if (allowance.Tells == ToldLimits.All)
            Write(headers, "tokens", allowance.Tokens);
    }

    static void Write(IHeaderDictionary headers, string kind, Quota quota)
    {
        headers[$"x-ratelimit-limit-{kind}"] = Number(quota.Limit);
        headers[$"x-ratelimit-remaining-{kind}"] = Number(quota.Remaining);
        headers[$"x-ratelimit-reset-{kind}"] = GoDuration.Format(quota.Reset);
    }

    public static void WriteRetryAfter(IHeaderDictionary headers, TimeSpan wait)
    {
        headers.RetryAfter = Number((long)Math.Ceiling(wait.TotalSeconds));
        headers["retry-after-ms"] = Number((long)Math.Ceiling(wait.TotalMilliseconds));
    }

    static string Number(long value) =>
        value == Allowance.Endless ? "1000000000" : value.ToString(CultureInfo.InvariantCulture);
}
