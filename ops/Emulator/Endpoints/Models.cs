using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary><c>/models</c>: a few are listed, all exist.</summary>
static class Models
{
    static readonly string[] Known = ["gpt-6", "gpt-6-mini", "omni-moderation-latest"];

    public static readonly IReadOnlyList<Endpoint> Endpoints =
    [
        new("GET", "/models", null, (_, _) => Reply.Json(new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. Known.Select(Model)]) })),
        new("GET", "/models/*", null, (call, _) => Reply.Json(Model(call.Http.Request.Path.Value!.Split('/')[3]))),
    ];

    static JsonObject Model(string id) => new() { ["id"] = id, ["object"] = "model", ["created"] = 1_760_000_000, ["owned_by"] = "emulator" };
}
