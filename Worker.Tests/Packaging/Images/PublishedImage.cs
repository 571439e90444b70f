using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Packaging.Images;

/// <summary>
/// The worker's image as <c>dotnet publish -t:PublishContainer</c> writes it to a file, on a base of these tests, from
/// what was built beside them.
/// </summary>
public sealed class PublishedImage : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("openai-worker-image-").FullName;

    /// <summary>Its configuration: user, environment, ports, command.</summary>
    public JsonNode Config { get; private set; } = new JsonObject();

    /// <summary>The content of the worker's own layer, with the owner's number: <c>app/worker</c>.</summary>
    public IReadOnlyDictionary<string, int> Owners { get; private set; } = new Dictionary<string, int>();

    public async ValueTask InitializeAsync()
    {
        using var registry = new BaseRegistry();
        var archive = Path.Combine(folder, "image.tar");
        var (exitCode, said) = await ForeignProgram.Run("dotnet", "",
            [
                "publish", "Worker", "--no-build", "--configuration", Configuration, "-t:PublishContainer", "--output",
                Path.Combine(folder, "published"),
                $"-p:ContainerBaseImage={registry.Image}", $"-p:ContainerArchiveOutputPath={archive}",
                $"-p:ImageRoot={folder}/image/",
            ],
            new Dictionary<string, string>
            {
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = $"localhost:{registry.Port}",
                // The SDK keeps layers in the folder of temporary files.
                ["TMPDIR"] = folder,
            });
        Assert.True(exitCode == 0, said);
        Read(archive);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    static string Configuration =>
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}",
            StringComparison.Ordinal) ? "Debug" : "Release";

    void Read(string archive)
    {
        TarFile.ExtractToDirectory(archive, folder, overwriteFiles: true);
        var manifest = JsonSerializer.Deserialize<IReadOnlyList<Manifest>>(
            File.ReadAllText(Path.Combine(folder, "manifest.json")))!.Single();
        Config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, manifest.Config)))!["config"]!;
        using var layer = new TarReader(
            new GZipStream(File.OpenRead(Path.Combine(folder, manifest.Layers[^1])), CompressionMode.Decompress));
        var owners = new Dictionary<string, int>();
        while (layer.GetNextEntry() is { } entry)
            owners[entry.Name.TrimStart('.').Trim('/')] = entry.Uid;
        Owners = owners;
    }

    // With Docker's names in an archive.
    sealed record Manifest(string Config, IReadOnlyList<string> Layers);
}
