using System.Text.RegularExpressions;
using OpenAIWorker.Tests.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Telemetry.Prometheus;

/// <summary>The files of <c>ops/prometheus</c>, checked by Prometheus's own tool.</summary>
public sealed partial class PromtoolSpecs
{
    const string Folder = "ops/prometheus";

    [Fact]
    public async Task Configuration_and_rules_are_valid() =>
        Assert.DoesNotContain("FAILED", await Promtool("check", "config", "prometheus.yml"), StringComparison.Ordinal);

    [Fact]
    public async Task Alerts_fire_when_they_should_and_at_no_other_time() =>
        Assert.Contains("SUCCESS", await Promtool("test", "rules", "alerts.test.yml"), StringComparison.Ordinal);

    [Fact]
    public void Every_alert_has_a_test_that_it_fires_and_one_that_it_does_not()
    {
        var tests = Repository.Read($"{Folder}/alerts.test.yml");

        Assert.NotEmpty(Alerts);
        Assert.All(Alerts, alert =>
        {
            Assert.Contains($"alertname: {alert.Name} }}", tests, StringComparison.Ordinal);
            Assert.Contains($"alertname: {alert.Name}\n        exp_alerts:", tests, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_alert_is_in_the_document_with_its_severity() => Assert.Equal(
        Alerts.Order(),
        MarkdownTable.In("docs/telemetry.md")
            .Single(table => table.Columns[0] == "Alert").Rows.Select(row => (row[0], row[1])).Order());

    static IReadOnlyList<(string Name, string Severity)> Alerts =>
        [.. Alert().Matches(Repository.Read($"{Folder}/alerts.yml"))
            .Select(match => (match.Groups["name"].Value, match.Groups["severity"].Value))];

    [GeneratedRegex(@"- alert: (?<name>\w+)\n.*?severity: (?<severity>\w+)", RegexOptions.Singleline)]
    private static partial Regex Alert();

    static Task<string> Promtool(params IReadOnlyList<string> arguments)
    {
        ForeignProgram.Needs("promtool", Folder, "apt-get install prometheus");
        return ForeignProgram.Run("promtool", Folder, arguments);
    }
}
