using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using Spectre.Console;

namespace OpenAIWorker.Demo;

/// <summary>The endings as a readable table.</summary>
static class Endings
{
    const int LongestBody = 60;

    // In a terminal of the usual 80 columns the answers would have no room beside all others.
    const int Narrow = 110;

    static readonly string[] All = ["job", "operation", "ending", "answer", "attempts", "waits", "tokens"];
    static readonly string[] Few = ["job", "ending", "answer"];

    public static Table Table(IReadOnlyList<JobRequest> jobs, IReadOnlyDictionary<string, JsonElement> endings,
        int width)
    {
        var shown = width < Narrow ? Few : All;
        var table = new Table().AddColumns(shown);
        foreach (var (index, column) in table.Columns.Index())
            column.NoWrap = shown[index] != "answer";
        foreach (var job in jobs)
        {
            var row = Row(job, endings.GetValueOrDefault(job.JobId!));
            table.AddRow([.. shown.Select(name => Markup.Escape(row[Array.IndexOf(All, name)]))]);
        }
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
        Member(ending, "usage") is { } usage ? Text(usage, "totalTokens")! : "",
    ];

    static string Answer(JsonElement ending)
    {
        if (Text(ending, "code") is { } code)
            return $"{code}: {Text(ending, "message")}";
        if (Text(ending, "json") is { } json)
            return json;
        if (Text(ending, "text") is { } text)
            return Member(ending, "files") is { } made ? $"{text} {Names(made)}" : text;
        if (Member(ending, "toolCalls") is { } calls)
            return string.Join(", ", calls.EnumerateArray()
                .Select(call => $"{Text(call, "name")}({Text(call, "arguments")})"));
        if (Member(ending, "file") is { } file)
            return $"{Bytes(file)}, as {Text(file, "id")}";
        if (Member(ending, "audio") is { } audio)
            return Bytes(audio);
        if (Member(ending, "images") is { } images)
            return string.Join(", ", images.EnumerateArray()
                .Select(image => Text(image, "url") ?? Bytes(image.GetProperty("file"))));
        if (Member(ending, "embeddings") is { } embeddings)
            return $"{embeddings.GetArrayLength()} vectors of {embeddings[0].GetProperty("vector").GetArrayLength()} "
                + "numbers";
        if (Member(ending, "files") is { } files)
            return Names(files);
        if (Member(ending, "assistant") is { } assistant)
            return $"{Text(assistant, "name")}, {Text(assistant, "id")}";
        if (Member(ending, "assistants") is { } assistants)
            return string.Join(", ", assistants.EnumerateArray().Select(listed => Text(listed, "name")));
        if (Member(ending, "conversation") is { } conversation)
            return Text(conversation, "id")!;
        if (Member(ending, "body") is { } body)
            return $"{Text(ending, "status")}: {body.ToString()[..Math.Min(LongestBody, body.ToString().Length)]}…";
        return Text(ending, "flagged") is { } flagged ? $"flagged: {flagged.ToLowerInvariant()}" : "";
    }

    static string Names(JsonElement files) =>
        string.Join(", ", files.EnumerateArray().Select(file => Text(file, "fileName")));

    static string Bytes(JsonElement file) => $"{Text(file, "fileName")}, {Text(file, "length")} bytes";

    static string? Text(JsonElement element, string name) => Member(element, name)?.ToString();

    static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
}
