using System.Text;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>Jobs with a secret in every place where a sender can put one, for every path of a job.</summary>
sealed class SecretJobs(string secret)
{
    /// <summary>Jobs that fit their contract.</summary>
    public IEnumerable<(string Operation, string Body)> Readable =>
    [
        .. new[] { "done", "refused", "failed", "throttled", "html", "broken", "cut", "response failed" }
        .Select(way => ("message-model", Message(way, ""))),
        ("message-model", Message("no json", ""","output":{"type":"jsonObject"}""")),
        ("message-model", Message("invalid", $""","toolChoice":"{secret}2" """)),
        ("message-model", Message("credential", $""","credential":"sk-{secret}" """)),
        ("message-model", Message("unauthorized",
            $""","credential":"other","deadline":"{TimeProvider.System.GetUtcNow().AddSeconds(3):O}" """)),
        ("message-model", Message("late", $""","deadline":"2020-01-01T00:00:00Z" """)),
        ("message-model", Message("slow", $""","notBefore":"{TimeProvider.System.GetUtcNow().AddSeconds(1):O}" """)),
        .. Enumerable.Range(0, 6)
        .Select(number =>
            ("message-model", Message($"lane.{number}", "").Replace("\"m\"", "\"narrow\"", StringComparison.Ordinal))),
        ("classify-text", Job("classify", $""" "text":"{secret}" """)),
        ("create-embeddings", Job("embed", $""" "model":"m","text":"{secret}" """)),
        ("generate-image", Job("draw", $""" "model":"m","prompt":"{secret}" """)),
        ("generate-speech", Job("speak", $""" "model":"m","voice":"{secret}","text":"{secret}" """)),
        ("upload-file", Job("upload",
            $$""" "purpose":"user_data","file":{"fileName":"{{secret}}.txt","base64":"{{Base64}}"} """)),
        ("upload-file", Job("gone", $$""" "purpose":"user_data","file":{"payload":{"id":"p-{{secret}}"} } """)),
        ("upload-file", Job("forbidden",
            $$""" "purpose":"user_data","file":{"url":"https://127.0.0.1/{{secret}}"} """)),
        ("call-api", Job("refused.call",
            $$""" "path":"{{secret}}","query":{"q":"{{secret}}"},"body":{"{{secret}}":"{{secret}}"} """)),
        ("delete-file", Job("refused.delete", $""" "fileId":"{secret}" """)),
    ];

    /// <summary>Jobs that do not.</summary>
    public IEnumerable<string> Unreadable =>
        [$"{secret}", $"[\"{secret}\"]", $$"""{"model":{"{{secret}}":1} }""", $$"""{"messages":"{{secret}}"}""",
            $$"""{"{{secret}}":1}"""];

    string Base64 => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));

    string Message(string job, string more) => Job(job, $$$"""
        "model":"m","instructions":"{{{secret}}}","maxTokens":16,
        "messages":[{"text":"{{{secret}}}"},{"role":"assistant","toolCalls":[{"id":"call_1","name":"f","arguments":"{\"a\":\"{{{secret}}}\"}"}]},{"role":"tool","toolCallId":"call_1","text":"{{{secret}}}"}],
        "tools":[{"function":{"name":"{{{secret}}}","description":"{{{secret}}}"}}]{{{more}}}
        """);

    string Job(string job, string members) =>
        $$"""{"jobId":"{{job}}","maxRetries":1,"safetyIdentifier":"{{secret}}","metadata":{"customer":"{{secret}}","{{secret}}":"x"},"extra":{"user":"{{secret}}"},{{members}}}""";
}
