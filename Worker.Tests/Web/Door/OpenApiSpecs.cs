using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Web;
using OpenAIWorker.Web.Door;
using OpenAIWorker.Web.Door.OpenApi;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>The description of the front door matches its behaviour.</summary>
public sealed class OpenApiSpecs(JobsOfEachKind jobs) : IClassFixture<JobsOfEachKind>
{
    const string File = "ops/openapi.json";

    [Fact]
    public void It_is_as_it_is_checked_in() => Assert.True(Repository.Read(File) == OpenApiDocument.Text,
        $"{File} differs from what the worker answers. Write it anew and look at the difference: start a worker with "
            + $"Web:Port=8090, then curl -s http://localhost:8090/openapi.json -o {File}");

    [Fact]
    public void It_has_every_route_of_the_front_door_and_no_other() => Assert.Equal(
        Mapped().Where(route => route != "get /openapi.json").Order(StringComparer.Ordinal),
        ApiRoutes.All.Select(route => $"{route.Method} {Template(route.Path)}").Distinct()
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var document = OpenApiDocument.Make();

        Assert.Empty(from reference in References(document)
                     let parts = reference.TrimStart('#', '/').Split('/')
                     where parts.Aggregate((JsonNode?)document, (node, part) => node?[part]) is null
                     select reference);
    }

    [Theory]
    [InlineData("POST", "/jobs/message-model", "/jobs/message-model", Door.Smallest, 202)]
    [InlineData("POST", "/jobs/message-model", "/jobs/message-model", """{"jobId":""}""", 400)]
    [InlineData("GET", "/jobs", "/jobs?limit=1", null, 200)]
    [InlineData("GET", "/jobs", "/jobs?limit=x", null, 400)]
    [InlineData("GET", "/jobs/{id}", "/jobs/done", null, 200)]
    [InlineData("GET", "/jobs/{id}", "/jobs/failed", null, 200)]
    [InlineData("GET", "/jobs/{id}", "/jobs/waits", null, 200)]
    [InlineData("GET", "/jobs/{id}", "/jobs/none", null, 404)]
    [InlineData("GET", "/jobs/{id}/ending", "/jobs/done/ending", null, 200)]
    [InlineData("GET", "/jobs/{id}/ending", "/jobs/waits/ending", null, 202)]
    [InlineData("DELETE", "/jobs/{id}", "/jobs/given-up", null, 202)]
    [InlineData("DELETE", "/jobs/{id}", "/jobs/done", null, 409)]
    [InlineData("GET", "/groups/{id}", "/groups/g", null, 200)]
    [InlineData("GET", "/groups/{id}", "/groups/none", null, 404)]
    [InlineData("DELETE", "/groups/{id}", "/groups/given-up", null, 202)]
    [InlineData("POST", "/payloads", "/payloads", "bytes", 201)]
    [InlineData("PUT", "/payloads/{id}", "/payloads/p-spec", "bytes", 201)]
    [InlineData("PUT", "/payloads/{id}", "/payloads/spec", "bytes", 400)]
    [InlineData("GET", "/payloads/{id}", "/payloads/p-none", null, 404)]
    public async Task Answers_are_as_it_says(string method, string path, string address, string? body, int status)
    {
        var answer = await jobs.Client.Call(new(method), address, body is null ? null : new StringContent(body));

        Assert.Equal(status, (int)answer.StatusCode);
        var told = OpenApiDocument.Make()["paths"]![path]![method.ToLowerInvariant()]!["responses"]![$"{status}"]!;
        Check(Followed(told)["content"]![answer.Content.Headers.ContentType!.MediaType!]!["schema"]!,
            await answer.Json());
    }

    static void Check(JsonNode schema, JsonElement answer)
    {
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$defs"] = OpenApiDocument.Make()["components"]!["schemas"]!.DeepClone(),
            ["allOf"] = new JsonArray(schema.DeepClone()),
        };
        var verdict = JsonSchema.FromText(root.ToJsonString().Replace("#/components/schemas/", "#/$defs/",
            StringComparison.Ordinal), new() { SchemaRegistry = new(), Dialect = Dialect.Draft202012 })
            .Evaluate(answer, new() { OutputFormat = OutputFormat.List });
        var faults = (verdict.Details ?? []).Where(detail => detail.Errors is not null)
            .Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}");
        Assert.True(verdict.IsValid, $"{string.Join("; ", faults)}\n{answer}");
    }

    static JsonNode Followed(JsonNode node) => node["$ref"]?.GetValue<string>() is { } reference
        ? reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode)OpenApiDocument.Make(), (at, part) => at[part]!)
        : node;

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "$ref", Value: JsonValue reference }
            ? [reference.GetValue<string>()]
            : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    static List<string> Mapped()
    {
        using var web = new WebAddress();
        using var host = WorkerHost.Worker([.. TestSettings.For(null), .. web.Settings]).Build();
        var routes = new Routes(host.Services);
        foreach (var some in host.Services.GetServices<IWebRoutes>()
            .Where(some => some.GetType().Namespace!.StartsWith(typeof(JobEntry).Namespace!, StringComparison.Ordinal)))
            some.Map(routes);
        return [.. from endpoint in routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                   from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                   select $"{method.ToLowerInvariant()} {endpoint.RoutePattern.RawText}"];
    }

    // Each operation has its own path there.
    static string Template(string path) => path.StartsWith("/jobs/", StringComparison.Ordinal)
        && !path.Contains('{', StringComparison.Ordinal) ? "/jobs/{operation}" : path;

    sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
