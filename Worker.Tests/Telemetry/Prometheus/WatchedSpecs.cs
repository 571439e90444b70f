using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Telemetry.Prometheus;

/// <summary>
/// The queries of <c>ops/prometheus</c> and <c>ops/grafana</c>, sent to a real Prometheus after a real run.
/// </summary>
public sealed partial class WatchedSpecs(WatchedWorker watched) : IClassFixture<WatchedWorker>
{
    const string BrokersOwn = "rabbitmq_";

    public static TheoryData<string, string> Panels =>
        [.. Dashboard.Queries.Where(query => !query.Expression.Contains(BrokersOwn, StringComparison.Ordinal))
            .Select(query => new TheoryDataRow<string, string>(query.Panel, query.Expression))];

    public static TheoryData<string, string> PanelsOfTheBroker =>
        [.. Dashboard.Queries.Where(query => query.Expression.Contains(BrokersOwn, StringComparison.Ordinal))
            .Select(query => new TheoryDataRow<string, string>(query.Panel, query.Expression))];

    [Theory]
    [MemberData(nameof(Panels))]
    public async Task Panel_has_something_to_show(string panel, string expression)
    {
        PrometheusServer.Needed();
        await Shows(panel, expression);
    }

    [Theory]
    [MemberData(nameof(PanelsOfTheBroker))]
    public async Task Panel_of_the_broker_has_something_to_show(string panel, string expression)
    {
        PrometheusServer.Needed();
        _ = watched.Prometheus;
        Assert.SkipUnless(watched.SeesBroker,
            "The broker of RABBITMQ_URI may have no Prometheus plugin. RABBITMQ_METRICS_URL=http://host:15692 names "
                + "it.");
        // The same query without its condition shows queues that nothing waits for.
        await Shows(panel, expression.Replace("openai", watched.Prefix, StringComparison.Ordinal)
            .Replace(" > 0", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("operation", "openai_worker_jobs_total", "message-model")]
    [InlineData("credential", "openai_worker_limits_running", "default")]
    public async Task Variable_has_values(string label, string metric, string value)
    {
        PrometheusServer.Needed();

        Assert.Contains($"label_values({metric}, {label})", Dashboard.Variables);
        Assert.Contains(value, (await watched.Prometheus.Get($"label/{label}/values?match[]={metric}")).EnumerateArray()
            .Select(each => each.GetString()));
    }

    [Fact]
    public async Task Every_rule_is_evaluated_and_every_series_that_it_asks_for_is_there()
    {
        PrometheusServer.Needed();
        var prometheus = watched.Prometheus;
        await Eventually.Is(async () =>
            (await Rules(prometheus)).All(rule => rule.GetProperty("health").GetString() == "ok"));

        foreach (var rule in await Rules(prometheus))
            foreach (var series in Series().Matches(rule.GetProperty("query").GetString()!).Select(match => match.Value)
                .Distinct())
                await Eventually.Is(async () =>
                    watched.SeesBroker is false && series.StartsWith(BrokersOwn, StringComparison.Ordinal)
                        || (await prometheus.Query($"count({series})")).Count > 0,
                        $"{rule.GetProperty("name")} asks for {series}");
    }

    [Fact]
    public async Task Every_recorded_series_has_a_value()
    {
        PrometheusServer.Needed();
        var prometheus = watched.Prometheus;

        foreach (var rule in (await Rules(prometheus))
            .Where(rule => rule.GetProperty("type").GetString() == "recording"))
            await Shows("rules.yml", rule.GetProperty("name").GetString()!);
    }

    async Task Shows(string panel, string expression)
    {
        var prometheus = watched.Prometheus;
        await Eventually.Is(async () => (await prometheus.Query(expression)).Count > 0, $"{panel}: {expression}");
    }

    static async Task<IReadOnlyList<JsonElement>> Rules(PrometheusServer prometheus) =>
        [.. (await prometheus.Get("rules")).GetProperty("groups").EnumerateArray()
            .SelectMany(group => group.GetProperty("rules").EnumerateArray())];

    [GeneratedRegex("(?<![a-zA-Z_:])(openai_worker|rabbitmq|gen_ai)[a-z0-9_:]+")]
    private static partial Regex Series();
}
