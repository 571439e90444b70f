using System.Text.RegularExpressions;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Walls;

/// <summary>The tests and settings that the threat model names exist.</summary>
public sealed partial class SecuritySpecs
{
    static readonly string Document = Repository.Read("docs/security.md");

    [Fact]
    public void Every_test_that_is_named_is_one()
    {
        var named = Tests().Matches(Document)
            .Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value)).Distinct().ToList();

        Assert.InRange(named.Count, 40, 1_000);
        Assert.All(named, test =>
            Assert.Contains(typeof(SecuritySpecs).Assembly.GetTypes(),
                type => type.Name == test.Class && IsTest(type, test.Method)));
    }

    [Fact]
    public void Every_point_names_the_test_that_shows_it_or_says_that_it_is_not_prevented()
    {
        var points = Document.Split("\n## Threats\n")[1].Split("\n- **").Skip(1).ToList();

        Assert.InRange(points.Count, 40, 1_000);
        Assert.All(points, point =>
            Assert.True(point.Contains("Not prevented", StringComparison.Ordinal) || Tests().IsMatch(point), point));
    }

    [Fact]
    public void Every_setting_that_is_named_is_one()
    {
        var named = Settings().Matches(Document).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.InRange(named.Count, 5, 1_000);
        Assert.Empty(named.Except(SettingsCatalog.All.Select(setting => setting.Path)));
    }

    [Fact]
    public void Every_readers_first_page_leads_to_it()
    {
        Assert.Contains("(SECURITY.md)", Repository.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains("(docs/security.md)", Repository.Read("SECURITY.md"), StringComparison.Ordinal);
    }

    // Facts and theories alike.
    static bool IsTest(Type type, string method) =>
        type.GetMethod(method)?.GetCustomAttributes(inherit: true).Any(attribute => attribute is FactAttribute) == true;

    [GeneratedRegex(@"`(\w+Specs)\.(\w+)`")]
    private static partial Regex Tests();

    [GeneratedRegex(@"`((?:[A-Z]\w+:)+[A-Z]\w+)`")]
    private static partial Regex Settings();
}
