using System.Text.Json.Nodes;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Schemas;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Door.Jobs;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace OpenAIWorker.Web.Door.OpenApi;

/// <summary>The addresses of the HTTP API.</summary>
static class ApiRoutes
{
    const string Json = JobAnswer.Json;
    const string Lines = "application/x-ndjson";
    const string Bytes = "application/octet-stream";

    static readonly ApiAnswer Accepted = new(Status202Accepted, "The broker has stored the job, or it has not ended "
        + "yet.",
        new(Json, Ref("Accepted")), "Location");

    public static IEnumerable<ApiRoute> All => [.. OperationCatalog.All.Select(Send), .. Jobs, .. Groups, .. Payloads,
        .. Others];

    static ApiRoute Send(Operation operation) => new("post", $"/jobs/{operation.Name}", operation.Request.Name,
        WebRoles.Send, Documentation.Of(operation.Request)!)
    {
        Parameters = ["Idempotency-Key", "Prefer"],
        Body = new(Json, Ref(operation.Request.Name)),
        Answers =
        [
            new(Status200OK, "The job's ending, if the request waited for it: a result, or a failure.", new(Json, new()
            {
                ["oneOf"] = new JsonArray(Ref(operation.Result.Name), Ref("OperationFailed")),
            }), "Content-Location"),
            Accepted,
        ],
        Problems = [Status409Conflict, Status413PayloadTooLarge],
    };

    static IReadOnlyList<ApiRoute> Jobs =>
    [
        new("post", "/jobs", "SendJobs", WebRoles.Send,
            "Accepts many jobs, one per line, and answers each line while the next ones arrive.")
        {
            Parameters = ["Idempotency-Key"],
            Body = new(Lines, new() { ["type"] = "string" },
                "Each line is a request with its operation, such as {\"operation\":\"message-model\",\"model\":…}."),
            Answers =
            [
                new(Status200OK, "For each line, in order, an object of the schema LineAnswer.",
                    new(Lines, new() { ["type"] = "string" })),
            ],
            Problems = [Status413PayloadTooLarge],
        },
        new("get", "/jobs", "ListJobs", WebRoles.Read, "Lists jobs, the newest first.")
        {
            Parameters = JobListQuery.Names,
            Answers = [new(Status200OK, "A page.", new(Json, Ref("JobPage")), "Link")],
        },
        new("get", "/jobs/{id}", "GetJob", WebRoles.Read,
            "Returns the whole record of a job: its state, its waits with their reasons, its usage, its ending.")
        {
            Parameters = ["tenant", "Prefer"],
            Answers = [new(Status200OK, "The job.", new(Json, Ref("Job")))],
            Problems = [Status404NotFound, Status409Conflict],
        },
        new("get", "/jobs/{id}/ending", "GetEnding", WebRoles.Read, "Returns a job's ending as it was published.")
        {
            Parameters = ["tenant", "Prefer"],
            Answers =
            [
                new(Status200OK, "The ending: the operation's result, or OperationFailed.",
                    new(Json, new() { ["type"] = "object" }), "Content-Location"),
                Accepted,
            ],
            Problems = [Status404NotFound, Status409Conflict],
        },
        new("delete", "/jobs/{id}", "CancelJob", WebRoles.Send, "Cancels a job that waits or runs.")
        {
            Parameters = ["tenant"],
            Answers = [Accepted],
            Problems = [Status404NotFound, Status409Conflict],
        },
    ];

    static IReadOnlyList<ApiRoute> Groups =>
    [
        new("get", "/groups/{id}", "GetGroup", WebRoles.Read, "Returns the progress of a group of jobs.")
        {
            Parameters = ["tenant"],
            Answers = [new(Status200OK, "The group.", new(Json, Ref("Group")))],
            Problems = [Status404NotFound, Status409Conflict],
        },
        new("delete", "/groups/{id}", "CancelGroup", WebRoles.Send, "Cancels the jobs of a group that wait or run.")
        {
            Parameters = ["tenant"],
            Answers = [new(Status202Accepted, "The workers were told.", new(Json, Ref("Group")))],
            Problems = [Status404NotFound, Status409Conflict],
        },
    ];

    static IReadOnlyList<ApiRoute> Payloads =>
    [
        new("post", "/payloads", "StorePayload", WebRoles.Send,
            "Stores bytes that are too large for a job, with a new id.")
        {
            Parameters = ["Content-Digest"],
            Body = new(Bytes, []),
            Answers = [new(Status201Created, "The bytes are stored.", new(Json, Ref("PayloadRef")), "Location")],
            Problems = [Status413PayloadTooLarge],
        },
        new("put", "/payloads/{id}", "PutPayload", WebRoles.Send, "Stores bytes with an id that the sender chooses.")
        {
            Parameters = ["Content-Digest"],
            Body = new(Bytes, []),
            Answers = [new(Status201Created, "The bytes are stored.", new(Json, Ref("PayloadRef")), "Location")],
            Problems = [Status413PayloadTooLarge],
        },
        new("get", "/payloads/{id}", "GetPayload", WebRoles.Read, "Returns bytes, until Payloads:KeepFor is over.")
        {
            Answers = [new(Status200OK, "The bytes.", new(Bytes, []))],
            Problems = [Status404NotFound],
        },
    ];

    static IReadOnlyList<ApiRoute> Others =>
    [
        new("get", "/events", "FollowEvents", WebRoles.Read,
            "Sends endings as they arrive, as server-sent events: the event is the routing key, the data is the "
                + "ending.")
        {
            Parameters = ["key", "Last-Event-ID"],
            Answers =
            [
                new(Status200OK, "The events, until one side disconnects.",
                    new("text/event-stream", new() { ["type"] = "string" })),
            ],
        },
    ];

    static JsonObject Ref(string name) => OpenApiDocument.Ref(name);
}
