using System.Globalization;

namespace OpenAIWorker.Emulator;

/// <summary>The headers that OpenAI puts on every answer, refusals included.</summary>
static class Headers
{
    public static void Write(IHeaderDictionary headers, Call call, Reply reply)
    {
        headers.ContentType = reply.ContentType;
        headers.ContentLength = reply.Body.Length;
        headers["x-request-id"] = call.Id;
        headers["openai-version"] = "2020-10-01";
        headers["openai-organization"] = "emulator";
        headers["openai-processing-ms"] = "1";
        call.Budget?.Write(headers);
        if (reply.RetryAfter is not { } wait)
            return;
        headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        headers["retry-after-ms"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
    }
}
