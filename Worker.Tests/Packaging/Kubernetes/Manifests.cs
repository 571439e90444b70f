using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace OpenAIWorker.Tests.Packaging.Kubernetes;

/// <summary>The objects of <c>ops/kubernetes</c>.</summary>
static class Manifests
{
    public const string Folder = "ops/kubernetes";

    static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization()
        .Build();
    static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();

    public static readonly IReadOnlyList<string> Files = [.. Repository.Files($"{Folder}/manifests", "*.yaml"),
        .. Repository.Files($"{Folder}/keda", "*.yaml")];

    public static readonly IReadOnlyList<JsonNode> All = [.. Files.Select(Read)];

    public static JsonNode Settings => Of("ConfigMap").At("data");

    public static JsonNode Pod => Of("Deployment").At("spec/template");

    public static JsonNode Container => Pod.At("spec/containers").AsArray().Single()!;

    public static JsonNode Of(string kind) => All.Single(manifest => manifest.Text("kind") == kind);

    public static JsonNode Read(string file) =>
        JsonNode.Parse(Json.Serialize(Yaml.Deserialize(Repository.Read(file))!))!;

    /// <summary>The value at a path such as <c>spec/template</c>; a test fails if it is missing.</summary>
    public static JsonNode At(this JsonNode node, string path) => path.Split('/').Aggregate(node, (at, name) =>
        (at is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)] : at[name])
            ?? throw new KeyNotFoundException($"{at.GetPath()} has no {name}, of {path}."));

    public static string Text(this JsonNode node, string path) => node.At(path).ToString();

    public static IEnumerable<string> Texts(this JsonNode node, string path) =>
        node.At(path).AsArray().Select(text => text!.ToString());

    /// <summary>An object's members as texts.</summary>
    public static IReadOnlyDictionary<string, string> Map(this JsonNode node) =>
        node.AsObject().ToDictionary(member => member.Key, member => member.Value!.ToString());

    /// <summary>The worker's settings and other environment variables; secrets have no value.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Variables =>
        Container.At("env").AsArray().ToDictionary(variable => variable!.Text("name"), variable => variable!);
}
