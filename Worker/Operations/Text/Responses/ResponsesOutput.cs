using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>
/// The output of a response, item by item: none is dropped. Items without their own member are unchanged in
/// <see cref="Other"/>, with the parts that the sender requested by <c>include</c>.
/// </summary>
sealed class ResponsesOutput
{
    readonly List<ResponseWords> words = [];
    readonly List<string> refusals = [];
    readonly List<string> thoughts = [];
    readonly List<string> summaries = [];
    readonly IReadOnlyList<JsonElement> items;

    ResponsesOutput(IReadOnlyList<JsonElement> items) => this.items = items;

    HashSet<string> Answered => field ??=
        [.. items.Where(item => item.Text("type")?.EndsWith("_output", StringComparison.Ordinal) == true)
            .Select(item => item.Text("call_id")).OfType<string>()];

    public string? Text { get; private set; }

    public string? Refusal => refusals.Count == 0 ? null : string.Join("\n\n", refusals);

    public string? Reasoning => thoughts.Count == 0 ? null : string.Join("\n\n", thoughts);

    public string? ReasoningSummary => summaries.Count == 0 ? null : string.Join("\n\n", summaries);

    public List<JsonElement> Annotations { get; } = [];

    public List<McpApproval> Approvals { get; } = [];

    public List<JsonElement> Other { get; } = [];

    public JsonElement? Logprobs { get; private set; }

    /// <summary>
    /// Whether the model waits for something other than functions, which only the caller can provide.
    /// </summary>
    public bool WaitsForCaller { get; private set; }

    /// <param name="body">The response.</param>
    /// <param name="asksForJson">Whether the answer should be JSON; then other text is commentary.</param>
    public static ResponsesOutput Of(JsonElement body, bool asksForJson = false)
    {
        var items = ItemsOf(body);
        var output = new ResponsesOutput(items);
        foreach (var item in items)
            output.Add(item);
        (output.Text, var asides) = ResponseWords.Told(output.words, asksForJson);
        output.Other.AddRange(asides);
        return output;
    }

    /// <summary>
    /// The items of a response. Some servers return only its text, as OpenAI's libraries do, or one item instead of a
    /// list.
    /// </summary>
    public static List<JsonElement> ItemsOf(JsonElement body)
    {
        var items = new List<JsonElement>();
        if (body.Member("output") is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var one in list.EnumerateArray())
                Add(one);
        }
        else if (body.Member("output") is { } one)
        {
            Add(one);
        }
        return items.Count == 0 && body.Text("output_text") is { Length: > 0 } said ? [Saying(said)] : items;

        void Add(JsonElement one)
        {
            if (one.ValueKind is JsonValueKind.Object or JsonValueKind.String)
                items.Add(one.ValueKind == JsonValueKind.Object ? one : Saying(one.GetString()!));
        }
    }

    static JsonElement Saying(string text) => new JsonBody { { "type", "message" }, { "content", text } }.ToJson();

    void Add(JsonElement item)
    {
        switch (item.Text("type")?.ToLowerInvariant())
        {
            case "message":
            // An item may omit that it is a message, and servers may send a part instead of an item.
            case null when item.Member("content") is not null:
                AddMessage(item);
                break;
            case "output_text" or "text" when ContentWords.OfText(item) is not null:
                AddMessage(new JsonBody { { "type", "message" },
                    { "content", JsonSerializer.SerializeToElement(new[] { item }) } }.ToJson());
                break;
            case "reasoning":
                AddReasoning(item);
                break;
            case "function_call":
                break;
            case "image_generation_call" when item.Member("result") is not null:
                break;
            case "mcp_approval_request":
                Approvals.Add(Approval(item));
                WaitsForCaller = true;
                break;
            default:
                Other.Add(item);
                WaitsForCaller |= IsForCaller(item);
                break;
        }
    }

    // Calls that the provider runs itself have no call_id, or their output follows.
    bool IsForCaller(JsonElement item) =>
        item.Text("type") is { } type && type.EndsWith("_call", StringComparison.Ordinal)
        && item.Text("execution") != "server"
        && (item.Text("call_id") is { } id ? !Answered.Contains(id) : type is "custom_tool_call" or "computer_call"
            or "local_shell_call" or "shell_call" or "apply_patch_call");

    static McpApproval Approval(JsonElement item) => new()
    {
        Id = item.Text("id") ?? "",
        Server = item.Text("server_label") ?? "",
        Name = item.Text("name") ?? "",
        Arguments = ToolCalls.ArgumentsOf(item),
    };

    void AddMessage(JsonElement message)
    {
        var said = new ResponseWords(message);
        AddRefusal(message.Text("refusal"));
        var content = message.Member("content") ?? message.Member("message")?.Member("content");
        if (content is { ValueKind: JsonValueKind.Array } parts)
        {
            foreach (var part in parts.EnumerateArray())
                AddPart(said, part);
        }
        else if (content is { } whole)
        {
            AddPart(said, whole);
        }
        if (said.HasSome)
            words.Add(said);
    }

    void AddPart(ResponseWords said, JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.Null)
            return;
        if (part.Text("type") == "refusal" || part.Text("refusal") is not null)
            AddRefusal(part.Text("refusal") ?? ContentWords.Of(part));
        else if (ContentWords.OfText(part) is { } text)
            AddText(said, text, part);
        else if (part.Text("type") == "output_audio" && part.Text("data") is not null)
            said.Add(part.Text("transcript") ?? "");
        else if (!InlineMedia.IsOne(part) || !InlineMedia.Has(part))
            Other.Add(part);
    }

    void AddRefusal(string? refused)
    {
        if (!string.IsNullOrWhiteSpace(refused))
            refusals.Add(refused);
    }

    void AddText(ResponseWords said, string text, JsonElement part)
    {
        said.Add(text);
        Annotations.AddRange(part.Items("annotations"));
        if (Logprobs is null && part.Member("logprobs") is { ValueKind: JsonValueKind.Array } each
            && each.GetArrayLength() > 0)
            Logprobs = each;
    }

    // The text has its own members. Encrypted parts must be sent back unchanged.
    void AddReasoning(JsonElement item)
    {
        summaries.AddRange(Each(item.Member("summary")));
        thoughts.AddRange(Each(item.Member("content") ?? item.Member("text")));
        if (item.Text("encrypted_content") is not null)
            Other.Add(item);
    }

    static IEnumerable<string> Each(JsonElement? words) =>
        (words is { ValueKind: JsonValueKind.Array } parts
            ? parts.EnumerateArray().Select(part => ContentWords.Of(part))
            : [ContentWords.Of(words)]).OfType<string>();
}
