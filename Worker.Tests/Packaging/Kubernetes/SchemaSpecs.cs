using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Packaging.Kubernetes;

public sealed class SchemaSpecs
{
    const string Folder = $"{Manifests.Folder}/check";

    [Fact]
    public async Task Every_manifest_fits_the_schema_of_its_kind_and_none_that_was_spoilt_does()
    {
        ForeignProgram.Needs("node", $"{Folder}/node_modules", $"npm ci --prefix {Folder}, as ops/test does");

        var said = await ForeignProgram.Run("node", Folder, "check.js");

        Assert.StartsWith($"{Manifests.All.Count} manifests ", said, StringComparison.Ordinal);
        Assert.EndsWith(" 0 problems", said.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Kustomize_is_told_of_every_manifest() => Assert.Equal(
        Manifests.Files.Select(file => file[(Manifests.Folder.Length + 1)..]).Order(StringComparer.Ordinal),
        Manifests.Read($"{Manifests.Folder}/kustomization.yaml").Texts("resources").Order(StringComparer.Ordinal));

    [Fact]
    public void Everything_is_in_one_namespace() => Assert.All(Manifests.All, manifest => Assert.Equal(
        Manifests.Of("Namespace").Text("metadata/name"),
        manifest.Text(manifest.Text("kind") == "Namespace" ? "metadata/name" : "metadata/namespace")));
}
