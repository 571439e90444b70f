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

    static readonly ApiAnswer Accepted = new(Status202Accepted, "The job is safe in the broker, or has not ended yet.",
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
            new(Status200OK, "The job's ending, where it was waited for: a result, or a failure.", new(Json, new()
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
            "Takes in many jobs, one a line, and answers each line while the next ones come.")
        {
            Parameters = ["Idempotency-Key"],
            Body = new(Lines, new() { ["type"] = "string" },
                "Each line is a request with its operation, such as {\"operation\":\"message-model\",\"model\":…}."),
            Answers =
            [
                new(Status200OK, "For each line, in their order, an object of the schema LineAnswer.",
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
            "Tells all that is kept of a job: how it stands, its waits with their reasons, what it used, its ending.")
        {
            Parameters = ["tenant", "Prefer"],
            Answers = [new(Status200OK, "The job.", new(Json, Ref("Job")))],
            Problems = [Status404NotFound, Status409Conflict],
        },
        new("get", "/jobs/{id}/ending", "GetEnding", WebRoles.Read, "Tells a job's ending as it was published.")
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
        new("delete", "/jobs/{id}", "CancelJob", WebRoles.Send, "Gives up a job that waits or runs.")
        {
            Parameters = ["tenant"],
            Answers = [Accepted],
            Problems = [Status404NotFound, Status409Conflict],
        },
    ];

    static IReadOnlyList<ApiRoute> Groups =>
    [
        new("get", "/groups/{id}", "GetGroup", WebRoles.Read, "Tells how far a group of jobs has come.")
        {
            Parameters = ["tenant"],
            Answers = [new(Status200OK, "The group.", new(Json, Ref("Group")))],
            Problems = [Status404NotFound, Status409Conflict],
        },
        new("delete", "/groups/{id}", "CancelGroup", WebRoles.Send, "Gives up the jobs of a group that wait or run.")
        {
            Parameters = ["tenant"],
            Answers = [new(Status202Accepted, "The workers were told.", new(Json, Ref("Group")))],
            Problems = [Status404NotFound, Status409Conflict],
        },
    ];

    static IReadOnlyList<ApiRoute> Payloads =>
    [
        new("post", "/payloads", "StorePayload", WebRoles.Send,
            "Keeps bytes that are too large for a job, under a new id.")
        {
            Parameters = ["Content-Digest"],
            Body = new(Bytes, []),
            Answers = [new(Status201Created, "They are kept.", new(Json, Ref("PayloadRef")), "Location")],
            Problems = [Status413PayloadTooLarge],
        },
        new("put", "/payloads/{id}", "PutPayload", WebRoles.Send, "Keeps bytes under an id of the sender's choice.")
        {
            Parameters = ["Content-Digest"],
            Body = new(Bytes, []),
            Answers = [new(Status201Created, "They are kept.", new(Json, Ref("PayloadRef")), "Location")],
            Problems = [Status413PayloadTooLarge],
        },
        new("get", "/payloads/{id}", "GetPayload", WebRoles.Read, "Gives bytes back, until Payloads:KeepFor is over.")
        {
            Answers = [new(Status200OK, "The bytes.", new(Bytes, []))],
            Problems = [Status404NotFound],
        },
    ];

    static IReadOnlyList<ApiRoute> Others =>
    [
        new("get", "/events", "FollowEvents", WebRoles.Read,
            "Sends endings as they come, as server-sent events: the routing key is the event, the ending its data.")
        {
            Parameters = ["key", "Last-Event-ID"],
            Answers =
            [
                new(Status200OK, "The events, until one side hangs up.",
                    new("text/event-stream", new() { ["type"] = "string" })),
            ],
        },
    ];

    static JsonObject Ref(string name) => OpenApiDocument.Ref(name);
}
