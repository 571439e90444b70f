using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Packaging.Images;

/// <summary>The image that is made without Docker is the one of <c>ops/Dockerfile</c>.</summary>
public sealed partial class PublishedImageSpecs(PublishedImage image) : IClassFixture<PublishedImage>
{
    static readonly string Dockerfile = Repository.Read("ops/Dockerfile");

    // Its last stage; the emulator's is before it.
    static readonly string Worker = Dockerfile[Dockerfile.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];

    [Fact]
    public void It_runs_as_the_same_user() =>
        Assert.Equal(Said("USER").Split(':')[0], image.Config["User"]!.ToString());

    [Fact]
    public void It_starts_the_same_program()
    {
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Said("ENTRYPOINT")), image.Config["Entrypoint"]));
        Assert.Null(image.Config["Cmd"]);
        Assert.Contains("app/worker", image.Owners);
        Assert.Contains("app/worker.dll", image.Owners);
        Assert.Contains("app/appsettings.json", image.Owners);
    }

    [Fact]
    public void It_has_the_same_port() =>
        Assert.Equal([$"{Said("EXPOSE")}/tcp"], image.Config["ExposedPorts"]!.AsObject().Select(port => port.Key));

    [Fact]
    public void It_has_the_same_environment() => Assert.Subset(
        image.Config["Env"]!.AsArray().Select(variable => variable!.ToString()).ToHashSet(),
        Said("ENV").Split(' ').ToHashSet());

    // A volume gets its owner from there.
    [Fact]
    public void Its_data_belong_to_its_user() =>
        Assert.Equal(image.Config["User"]!.ToString(), $"{image.Owners["data"]}");

    [Fact]
    public void It_is_made_upon_the_same_image() => Assert.Equal(
        RuntimeImage().Match(Dockerfile).Groups[1].Value,
        BaseImage().Match(Repository.Read("Worker/Image.targets")).Groups[1].Value);

    [Fact]
    public void It_has_no_symbols() =>
        Assert.DoesNotContain(image.Owners.Keys, file => file.EndsWith(".pdb", StringComparison.Ordinal));

    [Fact]
    public void It_says_what_it_is() => Assert.Equal(
        ("OpenAI Worker", "Apache-2.0", typeof(WorkerHost).Assembly.GetName().Version!.ToString(3)),
        (Label("title"), Label("licenses"), Label("version")));

    string? Label(string name) => image.Config["Labels"]![$"org.opencontainers.image.{name}"]?.ToString();

    static string Said(string instruction) =>
        Worker.Split('\n').Single(line =>
            line.StartsWith($"{instruction} ", StringComparison.Ordinal))[(instruction.Length + 1)..];

    [GeneratedRegex(@"^ARG ASPNET_IMAGE=(\S+)$", RegexOptions.Multiline)]
    private static partial Regex RuntimeImage();

    [GeneratedRegex(@"<ContainerBaseImage [^>]*>([^<]+)<")]
    private static partial Regex BaseImage();
}
