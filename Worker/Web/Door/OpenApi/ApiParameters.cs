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
        ["Location"] = Of("Where it is looked at."),
        ["Content-Location"] = Of("Where the job is looked at."),
        ["Link"] = Of("The next page: rel=\"next\"."),
        ["Retry-After"] = Of("After how many seconds to try again."),
    };

    static IReadOnlyList<(string Name, string In, string Description, JsonObject Schema)> Table =>
    [
        ("Idempotency-Key", Header, "The job's id where the request has none. The same id and request are one job; "
            + "of many jobs each has it with the number of its line behind it.", Text),
        ("Prefer", Header, "wait=SECONDS, up to 60: the answer waits for the ending so long.", Text),
        ("Content-Digest", Header, "sha-256=:BASE64: (RFC 9530): other bytes are refused.", Text),
        ("Last-Event-ID", Header, "Goes on after this event, without a gap and without hearing one twice.", Text),
        ("tenant", Query, "The tenant's; a token that is of one has no other.", Text),
        ("state", Query, "Those that stand so.", Among(JobStates.All)),
        ("operation", Query, "Of this operation, such as message-model.", Text),
        ("model", Query, "For this model.", Text),
        ("code", Query, "With this code of a failure or a wait, such as rate_limited.", Text),
        ("since", Query, "Received since.", new() { ["type"] = "string", ["format"] = "date-time" }),
        ("text", Query, "Ids that have this text in them.", Text),
        ("group", Query, "Of this group.", Text),
        ("after", Query, "Goes on after the page whose next this is.", Text),
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
