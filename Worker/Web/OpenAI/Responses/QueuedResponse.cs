using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Json;

namespace OpenAIWorker.Web.OpenAI.Responses;

/// <summary>A response in the background that has not ended, in OpenAI's shape.</summary>
static class QueuedResponse
{
    // Members that repeat the request, and their values if the request did not set them.
    static readonly (string Member, string Otherwise)[] Echoed =
    [
        ("instructions", "null"), ("max_output_tokens", "null"), ("max_tool_calls", "null"), ("metadata", "{}"),
        ("model", "null"), ("parallel_tool_calls", "true"), ("previous_response_id", "null"),
        ("prompt_cache_key", "null"), ("reasoning", """{"effort":null,"summary":null}"""),
        ("safety_identifier", "null"), ("service_tier", "\"auto\""), ("store", "true"), ("temperature", "1.0"),
        ("text", """{"format":{"type":"text"}}"""), ("tool_choice", "\"auto\""), ("tools", "[]"),
        ("top_logprobs", "0"), ("top_p", "1.0"), ("truncation", "\"disabled\""), ("user", "null"),
    ];

    public static JsonObject Of(string id, DateTimeOffset now, JsonElement asked)
    {
        var response = new JsonObject
        {
            ["id"] = id,
            ["object"] = "response",
            ["created_at"] = now.ToUnixTimeSeconds(),
            ["status"] = "queued",
            ["background"] = true,
            ["completed_at"] = null,
            ["error"] = null,
            ["incomplete_details"] = null,
        };
        foreach (var (member, otherwise) in Echoed)
            response[member] = JsonNode.Parse(asked.Member(member)?.GetRawText() ?? otherwise);
        response["output"] = new JsonArray();
        response["usage"] = null;
        return response;
    }
}
