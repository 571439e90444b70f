using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text;

/// <summary>
/// The output of a response, item by item: none is dropped. What has no member of its own is in <see cref="Other"/> as it is, and what the
/// sender asked for by <c>include</c> with it.
/// </summary>
sealed class ResponsesOutput
{
    readonly List<string> texts = [];
    readonly List<string> thoughts = [];
    readonly List<string> summaries = [];

    ResponsesOutput() { }

    public string? Text => texts.Count == 0 ? null : string.Concat(texts);

    public string? Refusal { get; private set; }

    public string? Reasoning => thoughts.Count == 0 ? null : string.Join("\n\n", thoughts);

    public string? ReasoningSummary => summaries.Count == 0 ? null : string.Join("\n\n", summaries);

    public List<JsonElement> Annotations { get; } = [];

    public List<McpApproval> Approvals { get; } = [];

    public List<JsonElement> Other { get; } = [];

    public JsonElement? Logprobs { get; private set; }

    /// <summary>Whether the model waits for something but functions, which only the caller can give.</summary>
    public bool WaitsForCaller { get; private set; }

    public static ResponsesOutput Of(JsonElement body)
    {
        var output = new ResponsesOutput();
        foreach (var item in body.Items("output"))
            output.Add(item);
        return output;
    }

    void Add(JsonElement item)
    {
        switch (item.Text("type"))
        {
            case "message":
                AddMessage(item);
                break;
            case "reasoning":
                AddReasoning(item);
                break;
            case "function_call":
                break;
            case "image_generation_call" when item.Text("result") is not null:
                break;
            case "mcp_approval_request":
                Approvals.Add(Approval(item));
                WaitsForCaller = true;
                break;
            case var type:
                Other.Add(item);
                WaitsForCaller |= type is "custom_tool_call" or "computer_call" or "local_shell_call" or "shell_call" or "apply_patch_call";
                break;
        }
    }

    static McpApproval Approval(JsonElement item) => new()
    {
        Id = item.Text("id") ?? "",
        Server = item.Text("server_label") ?? "",
        Name = item.Text("name") ?? "",
        Arguments = item.Text("arguments") ?? "{}",
    };

    void AddMessage(JsonElement message)
    {
        if (message.Text("content") is { } whole)
            texts.Add(whole);
        foreach (var part in message.Items("content"))
        {
            if (part.Text("refusal") is { } words)
                Refusal ??= words;
            else if (part.Text("type") is "output_text" or "text" && part.Text("text") is { } text)
                AddText(text, part);
            else if (part.Text("type") == "output_audio" && part.Text("data") is not null)
                texts.Add(part.Text("transcript") ?? "");
            else
                Other.Add(part);
        }
    }

    void AddText(string text, JsonElement part)
    {
        texts.Add(text);
        Annotations.AddRange(part.Items("annotations"));
        if (Logprobs is null && part.Items("logprobs").Any())
            Logprobs = part.Member("logprobs");
    }

    // Its words have members of their own. What is sealed has to be handed back as it is.
    void AddReasoning(JsonElement item)
    {
        summaries.AddRange(item.Items("summary").Select(part => part.Text("text")).OfType<string>());
        thoughts.AddRange(item.Items("content").Select(part => part.Text("text")).OfType<string>());
        if (item.Text("encrypted_content") is not null)
            Other.Add(item);
    }
}
