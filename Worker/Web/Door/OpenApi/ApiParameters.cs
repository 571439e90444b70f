using System.Text.Json.Nodes;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door.OpenApi;

/// <summary>The parameters and headers of the HTTP API.</summary>
static class ApiParameters
{
    const string Query = "query", Header = "header";

    public static JsonObject All() => new(Table.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Name,
        Parameter(one.Name, one.In, one.Description, one.Schema))));

    /// <summary>An id in a path.</summary>
    public static JsonObject Id(string what) => Parameter("id", "path", what, Text);

    /// <summary>The headers of answers.</summary>
    public static JsonObject Headers() => new()
    {
        ["Location"] = Of("Its address."),
        ["Content-Location"] = Of("The job's address."),
        ["Link"] = Of("The next page: rel=\"next\"."),
        ["Retry-After"] = Of("The number of seconds until the next attempt."),
    };

    static IReadOnlyList<(string Name, string In, string Description, JsonObject Schema)> Table =>
    [
        ("Idempotency-Key", Header, "The job's id if the request has none. The same id and request are one job; "
            + "with many jobs, each gets it followed by the number of its line.", Text),
        ("Prefer", Header, "wait=SECONDS, up to 60: how long the answer waits for the ending.", Text),
        ("Content-Digest", Header, "sha-256=:BASE64: (RFC 9530): other bytes are refused.", Text),
        ("Last-Event-ID", Header, "Continues after this event, without gaps and without repeating one.", Text),
        ("tenant", Query, "Only of this tenant; a token of one tenant allows no other.", Text),
        ("state", Query, "Only in this state.", Among(JobStates.All)),
        ("operation", Query, "Only of this operation, such as message-model.", Text),
        ("model", Query, "Only for this model.", Text),
        ("code", Query, "Only with this failure or wait code, such as rate_limited.", Text),
        ("since", Query, "Received since.", new() { ["type"] = "string", ["format"] = "date-time" }),
        ("text", Query, "Only ids that contain this text; without since, among the newest 50000 records.", Text),
        ("group", Query, "Only of this group.", Text),
        ("after", Query, "The page after the one that returned this as next.", Text),
        ("limit", Query, "How many.",
            new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 1000, ["default"] = 50 }),
        ("key", Query, "Patterns of routing keys, such as message-model.completed or *.failed.",
            new() { ["type"] = "array", ["items"] = Text }),
    ];

    static JsonObject Text => new() { ["type"] = "string" };

    static JsonObject Among(IReadOnlyList<string> values) => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]),
    };

    static JsonObject Parameter(string name, string place, string description, JsonObject schema)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["description"] = description };
        if (place == "path")
            parameter["required"] = true;
        parameter["schema"] = schema;
        return parameter;
    }

    static JsonObject Of(string description) => new() { ["description"] = description, ["schema"] = Text };
}
