using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using Spectre.Console;

namespace OpenAIWorker.Demo;

/// <summary>The endings as a table a person can read.</summary>
static class Endings
{
    const int AnswerColumn = 3;

    public static Table Table(IReadOnlyList<JobRequest> jobs, IReadOnlyDictionary<string, JsonElement> endings)
    {
        var table = new Table().AddColumns("job", "operation", "ending", "answer", "attempts", "waits", "tokens");
        foreach (var column in table.Columns)
            column.NoWrap = column != table.Columns[AnswerColumn];
        foreach (var job in jobs)
            table.AddRow([.. Row(job, endings.GetValueOrDefault(job.JobId!)).Select(Markup.Escape)]);
        return table;
    }

    static string[] Row(JobRequest job, JsonElement ending) =>
    [
        job.JobId!,
        OperationCatalog.For(job.GetType()).Name,
        Text(ending, "ending") ?? "none",
        Answer(ending),
        Text(ending, "attempts") ?? "",
        Text(ending, "waits") ?? "",
        ending.ValueKind == JsonValueKind.Object && ending.TryGetProperty("usage", out var usage) ? Text(usage, "totalTokens")! : "",
    ];

    static string Answer(JsonElement ending)
    {
        if (Text(ending, "code") is { } code)
            return $"{code}: {Text(ending, "message")}";
        if (Text(ending, "json") is { } json)
            return json;
        if (Text(ending, "text") is { } text)
            return text;
        if (ending.ValueKind == JsonValueKind.Object && ending.TryGetProperty("toolCalls", out var calls))
            return string.Join(", ", calls.EnumerateArray().Select(call => $"{Text(call, "name")}({Text(call, "arguments")})"));
        if (ending.ValueKind == JsonValueKind.Object && ending.TryGetProperty("file", out var file))
            return $"{Text(file, "fileName")}, {Text(file, "length")} bytes, as {Text(file, "id")}";
        return Text(ending, "flagged") is { } flagged ? $"flagged: {flagged.ToLowerInvariant()}" : "";
    }

    static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member.ToString() : null;
}
