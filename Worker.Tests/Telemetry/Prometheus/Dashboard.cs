using System.Text.Json;

namespace OpenAIWorker.Tests.Telemetry.Prometheus;

/// <summary>The dashboard's queries, with Grafana's variables filled in.</summary>
static class Dashboard
{
    const string File = "ops/grafana/dashboards/openai-worker.json";

    static readonly JsonElement Json = JsonElement.Parse(Repository.Read(File));

    public static IReadOnlyList<(string Panel, string Expression)> Queries =>
    [
        .. from panel in Json.GetProperty("panels").EnumerateArray()
           where panel.GetProperty("type").GetString() != "row"
           from target in panel.GetProperty("targets").EnumerateArray()
           select (panel.GetProperty("title").GetString()!, Filled(target.GetProperty("expr").GetString()!)),
    ];

    public static IReadOnlyList<string?> Variables =>
        [.. Json.GetProperty("templating").GetProperty("list").EnumerateArray()
            .Where(variable => variable.GetProperty("type").GetString() == "query")
            .Select(variable => variable.GetProperty("definition").GetString())];

    static string Filled(string expression) => expression
        .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
        .Replace("$operation", ".*", StringComparison.Ordinal)
        .Replace("$credential", ".*", StringComparison.Ordinal);
}
