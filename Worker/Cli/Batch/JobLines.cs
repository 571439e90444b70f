using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Cli.Batch;

/// <summary>Reads a file of jobs, a line at a time.</summary>
sealed class JobLines(string name)
{
    // What a broker takes: RabbitMQ 4 refuses messages above 16 MiB.
    const int LongestLine = 16 * 1024 * 1024;

    public async IAsyncEnumerable<JobLine> Read(TextReader input, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var number = 1L; await input.ReadLineAsync(cancellation) is { } text; number++)
        {
            if (!string.IsNullOrWhiteSpace(text))
                yield return Line(number, text);
        }
    }

    /// <summary>The name of a job that has none.</summary>
    public string IdOf(long number) => $"{name}-{number}";

    JobLine Line(long number, string text)
    {
        var json = default(JsonElement);
        try
        {
            if (text.Length > LongestLine)
                throw Wrong("", $"The line has {text.Length} characters, allowed are up to {LongestLine}.");
            json = Parse(text);
            return json.Member("custom_id") is null && json.Member("url") is null
                ? new(number, json.Text("jobId") ?? IdOf(number), Native(json, IdOf(number)), null, LineFormat.Native)
                : new(number, json.Text("custom_id") ?? IdOf(number), OpenAIBatchLine.Read(json, IdOf(number)), null, LineFormat.OpenAI);
        }
        catch (FailureException wrong)
        {
            return new(number, json.Text("custom_id") ?? json.Text("jobId") ?? IdOf(number), null, wrong.Failure,
                json.Member("custom_id") is null ? LineFormat.Native : LineFormat.OpenAI);
        }
    }

    static JsonElement Parse(string text)
    {
        try
        {
            var json = JsonElement.Parse(text);
            return json.ValueKind == JsonValueKind.Object ? json : throw new JsonException("It must begin with {.");
        }
        catch (JsonException broken)
        {
            throw new FailureException(new(FailureKind.Permanent, FailureCodes.Unreadable, $"The line is no JSON object: {broken.Message}", Remedy.Sender));
        }
    }

    static JobRequest Native(JsonElement json, string otherwise)
    {
        var known = string.Join(", ", OperationCatalog.All.Select(operation => operation.Name));
        if (json.Text("operation") is not { } name)
            throw Wrong("operation", $"operation is missing. It is one of: {known}.");
        var operation = OperationCatalog.Named(name) ?? throw Wrong("operation", $"operation is '{name}', allowed are {known}.");
        var members = JsonObject.Create(json)!;
        members.Remove("operation");
        var request = RequestReading.Read(operation, JsonSerializer.SerializeToElement(members));
        return request with { JobId = request.JobId is { Length: > 0 } own ? own : otherwise };
    }

    static FailureException Wrong(string member, string message) => new(Failure.Invalid(member, message));
}
