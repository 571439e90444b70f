using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using OpenAIWorker.Tests.Broker;

namespace OpenAIWorker.Tests.Document;

/// <summary>
/// OpenAI's own document of its API, as JSON Schema. It is beside the repository and not a part of it. Its path is in
/// the variable <c>OPENAI_SHAPES</c>; otherwise it is searched for in <c>../shared/data</c>.
/// </summary>
sealed class OpenAIDocument
{
    const string Variable = "OPENAI_SHAPES";
    const string Usual = "../shared/data/openai-shapes.json";
    const string Address = "https://document.invalid/openai";

    static readonly Lazy<OpenAIDocument?> Read = new(() =>
        File.Exists(PathOfFile) ? new(File.ReadAllText(PathOfFile)) : null);

    readonly BuildOptions options = new() { SchemaRegistry = new(), Dialect = Dialect.Draft202012 };
    readonly Dictionary<string, Lazy<JsonSchema>> schemas = [];
    readonly Dictionary<string, JsonNode> definitions = [];
    readonly List<Route> routes = [];

    OpenAIDocument(string text)
    {
        var document = JsonNode.Parse(text)!.AsObject();
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
            definitions[name] = schema!.DeepClone();
        foreach (var (path, operations) in document["paths"]!.AsObject())
            foreach (var (method, operation) in operations!.AsObject())
                Add(method.ToUpperInvariant(), path, operation!);
        DocumentExceptions.Apply(definitions);
        foreach (var definition in definitions.Values)
            DocumentReading.Straighten(definition);
        routes.Sort((one, other) =>
            string.CompareOrdinal(other.Template.Replace('{', '\u0001'), one.Template.Replace('{', '\u0001')));
        _ = JsonSchema.FromText(new JsonObject
        {
            ["$id"] = Address,
            ["$defs"] = new JsonObject(definitions.Select(pair =>
                KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone())))
        }.ToJsonString(), options);
        foreach (var name in definitions.Keys)
            schemas[name] = new(() => JsonSchema.FromText($$"""{"$ref":"{{Address}}#/$defs/{{name}}"}""", options));
    }

    /// <summary>The document; null if it is missing.</summary>
    public static OpenAIDocument? Found => Read.Value;

    /// <summary>The document; without it the test is skipped.</summary>
    public static OpenAIDocument Needed()
    {
        const string missing = $"OpenAI's document is not here. Set {Variable} to its path.";
        if (Found is null && BrokerSettings.FromEnvironment().Required)
            Assert.Fail(missing);
        Assert.SkipWhen(Found is null, missing);
        return Found!;
    }

    static string PathOfFile =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : Repository.PathOf(Usual);

    /// <summary>The schema of requests to an address; null if the document has none.</summary>
    public string? Request(string method, string path, bool isForm) =>
        RouteOf(method, path)?.Requests.GetValueOrDefault(isForm ? "multipart/form-data" : "application/json");

    /// <summary>The schema of a successful answer; null if the document has none.</summary>
    public string? Response(string method, string path) => RouteOf(method, path)?.Response;

    /// <summary>A schema's definition, with references followed.</summary>
    public JsonNode? Definition(JsonNode? schema) => schema?["$ref"]?.GetValue<string>() is { } reference
        ? Definition(definitions[reference.Split('/')[^1]])
        : schema;

    public JsonNode Definition(string schema) => Definition(definitions[schema])!;

    /// <summary>The errors of a value, deepest first; empty if it is correct.</summary>
    public IReadOnlyList<string> Problems(string schema, JsonElement value)
    {
        if (schemas[schema].Value.Evaluate(value).IsValid)
            return [];
        var results = schemas[schema].Value.Evaluate(value, new() { OutputFormat = OutputFormat.List });
        return
        [
            .. from detail in results.Details ?? []
               where detail.Errors is { Count: > 0 }
               orderby detail.InstanceLocation.ToString().Length descending
               from error in detail.Errors!
               select $"{detail.InstanceLocation}: {error.Value} "
                   + $"({detail.SchemaLocation.OriginalString.Split("$defs/")[^1]})",
        ];
    }

    public bool IsValid(string schema, JsonElement value) => schemas[schema].Value.Evaluate(value).IsValid;

    void Add(string method, string path, JsonNode operation)
    {
        var route = new Route(method, path);
        foreach (var (type, content) in operation["requestBody"]?["content"]?.AsObject() ?? [])
            if (content!["schema"] is { } schema)
                route.Requests[type] = Named($"{method} {path} {type}", schema);
        if (operation["responses"]?["200"]?["content"]?["application/json"]?["schema"] is { } answer)
            route.Response = Named($"{method} {path} answer", answer);
        routes.Add(route);
    }

    // Under a name that needs no escapes in a reference.
    string Named(string what, JsonNode schema)
    {
        var name = string.Concat(what.Select(character => char.IsLetterOrDigit(character) ? character : '_'));
        definitions[name] = schema.DeepClone();
        return name;
    }

    Route? RouteOf(string method, string path) => routes.Find(route => route.Method == method && route.Fits(path));

    sealed record Route(string Method, string Template)
    {
        public Dictionary<string, string> Requests { get; } = [];

        public string? Response { get; set; }

        public bool Fits(string path)
        {
            var (expected, steps) = (Template.Split('/'), path.Split('/'));
            return expected.Length == steps.Length
                && expected.Zip(steps).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
        }
    }
}
