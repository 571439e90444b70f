using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants.Local;

/// <summary>
/// Searches a conversation for a turn that an earlier attempt of the job may have posted, before its answer was lost or
/// its worker was killed. Posting it again would repeat it and cost twice. The turn is identified by its position after
/// the last item before the job, because other jobs may have the same text.
/// </summary>
sealed class PostedTurn(OpenAICalls calls, MessageModel turn, Note note, string? end)
{
    const string LongestPage = "100";

    // Instructions may come first.
    readonly ModelMessage said = turn.Messages!.First(message => message.Role is not ("developer" or "system"));

    /// <summary>The last item of a conversation so far.</summary>
    public static async Task<string?> LastItem(OpenAICalls calls, string conversation,
        CancellationToken cancellation) =>
        (await Items(calls, conversation, "desc", "1", null, cancellation)).Body.Items("data").FirstOrDefault()
            .Text("id");

    /// <summary>Null: it is not there, or not answered.</summary>
    public async Task<ProviderResponse?> Answer(CancellationToken cancellation)
    {
        var items = await Items(calls, note.ThingId, "asc", LongestPage, note.LastId, cancellation);
        var mine = items.Body.Items("data").ToList();
        if (end is not null)
            mine = end == note.LastId ? [] : [.. mine.Take(mine.FindIndex(item => item.Text("id") == end) + 1)];
        var output = mine.SkipWhile(item => !IsSaid(item)).SkipWhile(IsInput).TakeWhile(item => !IsInput(item))
            .ToList();
        return output.Count == 0 ? null : items with { Body = AsResponse(output) };
    }

    static Task<ProviderResponse> Items(OpenAICalls calls, string conversation, string order, string limit,
        string? after, CancellationToken cancellation) => calls.Send(
        "GET", ApiPath.With($"{ApiPath.Of("conversations", "threadId", conversation)}/items", ("order", order),
            ("limit", limit), ("after", after)), null, cancellation);

    bool IsSaid(JsonElement item) => said switch
    {
        { ToolCallId: { } call } => item.Text("type") == "function_call_output" && item.Text("call_id") == call,
        { Approvals: [var answer, ..] } =>
            item.Text("type") == "mcp_approval_response" && item.Text("approval_request_id") == answer.Id,
        _ => item.Text("role") == "user" && Words(item).Trim() == (said.Text ?? "").Trim(),
    };

    static string Words(JsonElement item) =>
        string.Concat(item.Items("content").Where(part => part.Text("type") == "input_text")
            .Select(part => part.Text("text")));

    static bool IsInput(JsonElement item) => item.Text("type") is "function_call_output" or "mcp_approval_response"
        || item.Text("role") is "user" or "system" or "developer";

    JsonElement AsResponse(IEnumerable<JsonElement> output) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["status"] = "completed",
        ["model"] = turn.Model,
        ["conversation"] = new JsonObject { ["id"] = note.ThingId },
        ["output"] = new JsonArray([.. output.Select(item => JsonNode.Parse(item.GetRawText()))]),
    });
}
