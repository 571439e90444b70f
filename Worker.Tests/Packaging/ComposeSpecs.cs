using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Packaging;

/// <summary>What people who start <c>compose.yaml</c> rely on without reading it.</summary>
public sealed partial class ComposeSpecs
{
    static readonly string Compose = Repository.Read("compose.yaml");

    [Fact]
    public void Every_image_is_named_by_a_variable() =>
        All(Image(), image => Assert.Matches(@"^\$\{[A-Z]+_IMAGE:-[a-z/-]+(:[\w.-]+)?\}$", image));

    [Fact]
    public void Every_port_listens_to_this_machine_alone() =>
        All(Port(), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Fact]
    public void Every_file_that_is_mounted_is_there() =>
        All(Mount(), path => Assert.True(Path.Exists(Repository.PathOf(path)), path));

    [Fact]
    public void No_password_has_a_default() =>
        Assert.DoesNotMatch(@"(?i)(password|pass|api_key)\w*: *\S|\$\{\w*(PASS|KEY)\w*:?-[^}]", Compose);

    [Fact]
    public void The_demo_shows_its_answers() => Assert.Matches(@"command: \[batch, [^\]]*--output, ""-""\]", Compose);

    [Fact]
    public void Where_RabbitMQs_page_is_and_who_may_log_in_is_said()
    {
        var setup = Repository.Read("ops/compose/setup.sh");
        Assert.Contains("http://localhost:15672, user worker", Compose, StringComparison.Ordinal);
        Assert.Contains("--entrypoint cat setup /secrets/broker-password", Compose, StringComparison.Ordinal);
        Assert.Contains("default_user = worker", setup, StringComparison.Ordinal);
        Assert.Contains("password=/secrets/broker-password", setup, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_workers_pages_are_and_which_token_opens_them_is_said()
    {
        var setup = Repository.Read("ops/compose/setup.sh");
        Assert.Contains("http://localhost:8090. The token", Compose, StringComparison.Ordinal);
        Assert.Contains("--entrypoint cat setup /secrets/web-token", Compose, StringComparison.Ordinal);
        Assert.Contains("token=/secrets/web-token", setup, StringComparison.Ordinal);
    }

    static void All(Regex pattern, Action<string> claim) => Assert.All(
        pattern.Matches(Compose).Select(match => match.Groups[1].Value).ToList() is { Count: > 0 } found
            ? found
            : throw new InvalidOperationException($"{pattern} finds nothing."), claim);

    [GeneratedRegex(@"^ +image: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Image();

    [GeneratedRegex(@"^ +- ""([^""]+:\d+)""$", RegexOptions.Multiline)]
    private static partial Regex Port();

    [GeneratedRegex(@"^ +- \./([^:]+):", RegexOptions.Multiline)]
    private static partial Regex Mount();
}
