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
        headers["x-ratelimit-limit-requests"] = Number(allowance.Requests.Limit);
        headers["x-ratelimit-limit-tokens"] = Number(allowance.Tokens.Limit);
        headers["x-ratelimit-remaining-requests"] = Number(allowance.Requests.Remaining);
        headers["x-ratelimit-remaining-tokens"] = Number(allowance.Tokens.Remaining);
        headers["x-ratelimit-reset-requests"] = GoDuration.Format(allowance.Requests.Reset);
        headers["x-ratelimit-reset-tokens"] = GoDuration.Format(allowance.Tokens.Reset);
    }

    public static void WriteRetryAfter(IHeaderDictionary headers, TimeSpan wait)
    {
        headers.RetryAfter = Number((long)Math.Ceiling(wait.TotalSeconds));
        headers["retry-after-ms"] = Number((long)Math.Ceiling(wait.TotalMilliseconds));
    }

    static string Number(long value) =>
        value == Allowance.Endless ? "1000000000" : value.ToString(CultureInfo.InvariantCulture);
}
