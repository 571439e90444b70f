using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Schemas;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door.OpenApi;

/// <summary>The schemas of requests and answers: the contracts, and the HTTP API's additions.</summary>
static class ApiSchemas
{
    const string Definitions = "$defs";

    public static JsonObject All()
    {
        var told = Of([.. OperationCatalog.All.Select(operation => operation.Result), typeof(OperationFailed)], false);
        var asked = Of([.. OperationCatalog.All.Select(operation => operation.Request)], true);
        var schemas = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        // Requests are read strictly, events may have more members: a type that occurs in both gets two schemas.
        var renamed = asked.Select(one => one.Key).Where(told.ContainsKey).ToHashSet();
        foreach (var (name, schema) in told)
            schemas.Add(name, Pointing(schema!, []));
        foreach (var (name, schema) in asked)
            schemas.Add(renamed.Contains(name) ? Asked(name) : name, Pointing(schema!, renamed));
        foreach (var (name, schema) in Own)
            schemas.Add(name, schema);
        return new(schemas);
    }

    static string Asked(string name) => $"{name}Asked";

    static Dictionary<string, JsonNode?> Of(IEnumerable<Type> types, bool isStrict) =>
        MessageSchema.Together("", types, isStrict)[Definitions]!.AsObject().ToDictionary();

    // Moves references from the common definitions to OpenAPI's components.
    static JsonNode Pointing(JsonNode schema, HashSet<string> renamed)
    {
        var copy = schema.DeepClone();
        Point(copy, renamed);
        return copy;
    }

    static void Point(JsonNode? node, HashSet<string> renamed)
    {
        if (node is JsonArray list)
            foreach (var one in list)
                Point(one, renamed);
        if (node is not JsonObject members)
            return;
        if (members["$ref"] is JsonValue reference)
        {
            var name = reference.GetValue<string>().Split('/')[^1];
            members["$ref"] = OpenApiDocument.Address(renamed.Contains(name) ? Asked(name) : name);
        }
        foreach (var (_, member) in members)
            Point(member, renamed);
    }

    static IReadOnlyList<(string Name, JsonObject Schema)> Own =>
    [
        ("Accepted", Object("An accepted job.", ["jobId", "state"], ("jobId", Text("Its id.")),
            ("state", State))),
        ("Job", Object("The record of a job.", ["jobId", "operation", "state", "attempts", "waits", "received",
            "changed"], JobMembers)),
        ("JobPage", Object("Jobs, without their contents.", ["jobs"],
            ("jobs", new() { ["type"] = "array", ["items"] = OpenApiDocument.Ref("Job") }),
            ("next", Text("The parameter after for the next page; omitted on the last page.")))),
        ("Step", Object("An event in a job's life.", ["at", "kind", "code"], ("at", Time("When.")),
            ("kind", Among("A wait, or an attempt that failed.", JobStep.Wait, JobStep.Attempt)),
            ("code", Text("The code of the failure or of the wait.")), ("reason", Text("In words.")),
            ("until", Time("Until when it waits.")))),
        ("Group", Object("The progress of a group of jobs.", ["group", "size", "completed", "failed"], GroupMembers)),
        ("LineAnswer", Object("The result for a line: the job, or a problem.", [], ("line", Whole("From 1.")),
            ("jobId", Text("Its id.")), ("state", State), ("status", Whole("Of a problem: as for one job.")),
            ("code", Text("Of a problem: for programs.")), ("detail", Text("Of a problem: for people.")),
            ("member", Text("Of a problem: the member at fault.")), ("title", Text("Of a problem.")),
            ("type", Text("Of a problem.")))),
        ("Problem", Object("Why a request failed (RFC 9457).", ["type", "title", "status", "detail", "code"],
            ("type", Text("Always about:blank.")), ("title", Text("The status in words.")),
            ("status", Whole("The HTTP status.")), ("detail", Text("What is wrong, and the cure.")),
            ("code", Among("For programs.", [.. ProblemCodes.All])), ("member", Text("The member at fault.")),
            ("jobId", Text("The job.")))),
    ];

    static (string, JsonObject)[] JobMembers =>
    [
        ("jobId", Text("Its id.")), ("tenant", Text("Its tenant.")), ("group", Text("Its group.")),
        ("operation", Among("What it does.", [.. OperationCatalog.All.Select(operation => operation.Name)])),
        ("state", State), ("code", Text("Why it waits, or why it failed.")), ("reason", Text("The same in words.")),
        ("until", Time("Until when it waits.")), ("model", Text("The model that it names.")),
        ("credential", Text("The name of its credential.")), ("attempts", Whole("Attempts so far.")),
        ("waits", Whole("How often it has waited.")), ("inputTokens", Whole("Input tokens.")),
        ("outputTokens", Whole("Output tokens.")), ("cost", Number("The cost.")),
        ("currency", Text("Of the cost.")), ("received", Time("When it was accepted.")),
        ("changed", Time("When the state last changed.")), ("ended", Time("When it ended.")),
        ("steps", new() { ["type"] = "array", ["items"] = OpenApiDocument.Ref("Step") }),
        ("request", new() { ["description"] = "The request, where it is kept (Records:Keep is Everything)." }),
        ("ending", new() { ["description"] = "The event that ended it." }),
    ];

    static (string, JsonObject)[] GroupMembers =>
    [
        ("group", Text("Its id.")), ("tenant", Text("Its tenant.")), ("size", Whole("How many jobs it has.")),
        ("completed", Whole("Jobs with a result.")), ("failed", Whole("Jobs that failed or were cancelled.")),
        ("waiting", Whole("Jobs that wait.")), ("running", Whole("Jobs that run.")),
        ("unseen", Whole("Jobs that no worker has seen yet.")), ("inputTokens", Whole("Input tokens of its jobs.")),
        ("outputTokens", Whole("Output tokens of its jobs.")), ("cost", Number("The cost.")),
        ("currency", Text("Of the cost.")), ("firstSeen", Time("When its first job was seen.")),
        ("changed", Time("When a job of it ended last.")), ("ended", Time("When its last job ended.")),
    ];

    static JsonObject State => Among("The state.", [.. JobStates.All]);

    static JsonObject Object(string description, IReadOnlyList<string> required,
        params (string Name, JsonObject Schema)[] members)
    {
        var schema = new JsonObject
        {
            ["description"] = description,
            ["type"] = "object",
            ["properties"] = new JsonObject(
                members.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Name, member.Schema))),
        };
        if (required.Count > 0)
            schema["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        return schema;
    }

    static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = "string" };

    static JsonObject Whole(string description) => new() { ["description"] = description, ["type"] = "integer" };

    static JsonObject Number(string description) => new() { ["description"] = description, ["type"] = "number" };

    static JsonObject Time(string description) =>
        new() { ["description"] = description, ["type"] = "string", ["format"] = "date-time" };

    static JsonObject Among(string description, params string[] values) => new()
    {
        ["description"] = description,
        ["type"] = "string",
        ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]),
    };
}
