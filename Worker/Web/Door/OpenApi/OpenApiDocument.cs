using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace OpenAIWorker.Web.Door.OpenApi;

/// <summary>The HTTP API's OpenAPI 3.1 document. https://spec.openapis.org/oas/v3.1.1.html</summary>
static class OpenApiDocument
{
    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // The statuses that every route may answer.
    static readonly IReadOnlyList<int> Usual =
    [
        Status400BadRequest, Status401Unauthorized, Status403Forbidden, Status429TooManyRequests,
        Status503ServiceUnavailable,
    ];

    /// <summary>The text of the checked-in file.</summary>
    public static string Text => $"{Make().ToJsonString(Readable)}\n";

    public static JsonObject Make() => new()
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject
        {
            ["title"] = "OpenAI Worker",
            ["version"] = typeof(JobRequest).Assembly.GetName().Version!.ToString(3),
            ["description"] = "Send a job, and query its ending or receive it as an event. The contents of a request "
                + "are described in the contract of its operation: Contracts/README.md.",
            ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
        ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
        ["paths"] = new JsonObject(ApiRoutes.All.GroupBy(route => route.Path).Select(path =>
            KeyValuePair.Create<string, JsonNode?>(path.Key, new JsonObject(path.Select(route =>
                KeyValuePair.Create<string, JsonNode?>(route.Method, Of(route))))))),
        ["components"] = new JsonObject
        {
            ["schemas"] = ApiSchemas.All(),
            ["parameters"] = ApiParameters.All(),
            ["headers"] = ApiParameters.Headers(),
            ["responses"] = new JsonObject { ["Problem"] = Problem() },
            ["securitySchemes"] = new JsonObject
            {
                ["token"] = new JsonObject
                {
                    ["type"] = "http",
                    ["scheme"] = "bearer",
                    ["description"] = "A token of Web:Tokens. If there are none, only this machine has access.",
                },
            },
        },
    };

    public static JsonObject Ref(string schema) => new() { ["$ref"] = Address(schema) };

    public static string Address(string schema) => $"#/components/schemas/{schema}";

    static JsonObject Of(ApiRoute route)
    {
        var operation = new JsonObject
        {
            ["operationId"] = JsonNamingPolicy.CamelCase.ConvertName(route.Name),
            ["summary"] = route.Summary,
            ["description"] = $"Needs the role {route.Role}.",
        };
        if (Parameters(route) is { Count: > 0 } parameters)
            operation["parameters"] = parameters;
        if (route.Body is { } body)
            operation["requestBody"] = Body(body);
        operation["responses"] = new JsonObject(route.Answers.Select(Answer)
            .Concat(Usual.Concat(route.Problems).Order().Select(status => KeyValuePair.Create<string, JsonNode?>(
                status.ToString(CultureInfo.InvariantCulture),
                new JsonObject { ["$ref"] = "#/components/responses/Problem" }))));
        return operation;
    }

    static JsonArray Parameters(ApiRoute route) =>
    [
        .. route.Path.Contains("{id}", StringComparison.Ordinal)
            ? [ApiParameters.Id("The id, percent-encoded.")]
            : Array.Empty<JsonNode>(),
        .. route.Parameters.Select(name => new JsonObject { ["$ref"] = $"#/components/parameters/{name}" }),
    ];

    static JsonObject Body(ApiBody body)
    {
        var told = new JsonObject { ["required"] = true, ["content"] = Content(body) };
        if (body.Description is { } description)
            told.Insert(0, "description", description);
        return told;
    }

    static KeyValuePair<string, JsonNode?> Answer(ApiAnswer answer)
    {
        var told = new JsonObject { ["description"] = answer.Description };
        if (answer.Headers.Count > 0)
            told["headers"] = new JsonObject(answer.Headers.Select(name => KeyValuePair.Create<string, JsonNode?>(name,
                new JsonObject { ["$ref"] = $"#/components/headers/{name}" })));
        if (answer.Body is { } body)
            told["content"] = Content(body);
        return KeyValuePair.Create<string, JsonNode?>(answer.Status.ToString(CultureInfo.InvariantCulture), told);
    }

    static JsonObject Content(ApiBody body) =>
        new() { [body.Type] = new JsonObject { ["schema"] = body.Schema.DeepClone() } };

    static JsonObject Problem() => new()
    {
        ["description"] = "Why it failed.",
        ["headers"] = new JsonObject
        {
            ["Retry-After"] = new JsonObject { ["$ref"] = "#/components/headers/Retry-After" },
        },
        ["content"] = new JsonObject { [WebProblem.ContentType] = new JsonObject { ["schema"] = Ref("Problem") } },
    };
}
