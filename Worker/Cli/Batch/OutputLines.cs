using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Cli.Batch;

/// <summary>Endings as lines of the output.</summary>
static class OutputLines
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The ending of a job.</summary>
    public static ReadOnlyMemory<byte> Of(long line, LineFormat format, JobEvent ending)
    {
        if (format == LineFormat.Native)
            return ending.Body;
        var json = JsonElement.Parse(ending.Body.Span);
        return ending.Type == Endings.Completed
            ? OpenAI(line, ending.JobId, Response(200, json.Text("requestId"), Node(json.Member("raw"))), null)
            : Failed(line, ending.JobId, json);
    }

    /// <summary>The ending of a line that never was a job.</summary>
    public static ReadOnlyMemory<byte> OfProblem(JobLine line, Failure problem) => line.Format == LineFormat.Native
        ? Bytes(new()
        {
            ["jobId"] = line.JobId,
            ["line"] = line.Number,
            ["ending"] = Endings.Failed,
            ["code"] = problem.Code,
            ["message"] = problem.Message,
            ["member"] = problem.Member,
        })
        : OpenAI(line.Number, line.JobId, null, new() { ["code"] = problem.Code, ["message"] = problem.Message });

    // Where the provider answered, its answer is the response, as in OpenAI's own error file; where not, the error stands beside it.
    static ReadOnlyMemory<byte> Failed(long line, string id, JsonElement failed) => failed.Number("status") is { } status && failed.Member("error") is { } error
        ? OpenAI(line, id, Response((int)status, failed.Text("requestId"), Node(error.Member("body")) ?? new JsonObject { ["error"] = Node(error) }), null)
        : OpenAI(line, id, null, new() { ["code"] = failed.Text("code"), ["message"] = failed.Text("message") });

    static JsonObject Response(int status, string? requestId, JsonNode? body) => new() { ["status_code"] = status, ["request_id"] = requestId, ["body"] = body };

    static ReadOnlyMemory<byte> OpenAI(long line, string id, JsonObject? response, JsonObject? error) =>
        Bytes(new() { ["id"] = $"batch_req_{line}", ["custom_id"] = id, ["response"] = response, ["error"] = error });

    static JsonNode? Node(JsonElement? element) => element is { } given ? JsonNode.Parse(given.GetRawText()) : null;

    static ReadOnlyMemory<byte> Bytes(JsonObject line) => Encoding.UTF8.GetBytes(line.ToJsonString(Plain));
}
