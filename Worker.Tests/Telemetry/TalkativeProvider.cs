using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Tests.Payloads;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>
/// A provider that repeats a secret in all it says: answers, refusals, pages and broken answers. The job's name selects
/// what it does.
/// </summary>
sealed class TalkativeProvider(string secret)
{
    readonly ConcurrentDictionary<string, int> calls = new();
    readonly ConcurrentQueue<string> heard = new();

    /// <summary>What it received, including headers.</summary>
    public IReadOnlyList<string> Heard => [.. heard];

    public Task<FileHost> Start() => FileHost.Start(Answer);

    async Task Answer(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        heard.Enqueue(
            $"{http.Request.Headers.Authorization} {http.Request.QueryString} {await reader.ReadToEndAsync()}");
        var job = http.Request.Headers["X-Client-Request-Id"].ToString().Split('.')[0];
        if (calls.AddOrUpdate(http.Request.Headers["X-Client-Request-Id"].ToString(), 1, (_, count) => count + 1) > 1)
            job = "done";
        if (job == "cut")
            http.Abort();
        else
            await Answer(http.Response, job);
    }

    Task Answer(HttpResponse response, string job)
    {
        var (status, type, body) = job switch
        {
            "refused" => (400, "application/json", Error("invalid_value")),
            "failed" => (500, "application/json", Error("server_error")),
            "throttled" => (429, "application/json", Error("rate_limit_exceeded")),
            "unauthorized" => (401, "application/json", Error("invalid_api_key")),
            "html" => (502, "text/html", $"<html>{secret}</html>"),
            "broken" => (200, "application/json", $$"""{"output":"{{secret}}"""),
            "response failed" =>
                (200, "application/json",
                    $$$"""{"status":"failed","error":{"code":"invalid_prompt","message":"{{{secret}}}"},"usage":{"input_tokens":5,"output_tokens":0}}"""),
            "no json" =>
                (200, "application/json",
                    $$$"""{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"{{{secret}}}"}]}],"usage":{"input_tokens":5,"output_tokens":7}}"""),
            _ => (200, "application/json", Done),
        };
        (response.StatusCode, response.ContentType) = (status, type);
        return response.WriteAsync(body);
    }

    string Error(string code) =>
        $$$"""{"error":{"message":"Not with {{{secret}}}.","type":"{{{secret}}}","param":"{{{secret}}}","code":"{{{code}}}"}}""";

    string Done => $$$"""
        {"id":"resp_1","object":"response","status":"completed","model":"m","usage":{"input_tokens":5,"output_tokens":7},"data":[{"b64_json":"AAAA","revised_prompt":"{{{secret}}}"}],
         "text":"{{{secret}}}","filename":"{{{secret}}}","output":[{"type":"message","content":[{"type":"output_text","text":"{{{secret}}}"},{"type":"refusal","refusal":"{{{secret}}}"}]},
         {"type":"function_call","call_id":"call_1","name":"{{{secret}}}","arguments":"{\"a\":\"{{{secret}}}\"}"}],"results":[{"flagged":false}]}
        """;
}
