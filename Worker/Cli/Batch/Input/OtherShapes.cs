using System.Text.Json;
using OpenAIWorker.Json;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>
/// Lines of files for another program, or of plain data: what such a line is, and how to turn it into a job.
/// </summary>
static class OtherShapes
{
    const string Chat = "method: \"POST\", url: \"/v1/chat/completions\"";

    // The usual names of the member with the prompt, the likeliest first.
    static readonly IReadOnlyList<string> Texts = ["prompt", "text", "question", "instruction", "input", "query",
        "content", "sentence"];

    // A line with one of these is a faulty job.
    static readonly IReadOnlyList<string> Jobs = ["model", "messages", "jobId", "custom_id", "url", "body"];

    static readonly IReadOnlyList<(Func<JsonElement, bool> Is, string Says)> Known =
    [
        (IsOutput, "It is a line of a batch's output, not of its input. Name the file with the jobs."),
        (line => Is(line, "params", JsonValueKind.Object),
            "It is a request of Anthropic's Message Batches. "
                + $"{Jq($"{{custom_id, {Chat}, body: ({FromAnthropic(".params")})}}")}"),
        (line => Is(line, "requests", JsonValueKind.Array),
            "It is the body of a call to Anthropic's Message Batches. "
                + $"{Jq($".requests[] | {{custom_id, {Chat}, body: ({FromAnthropic(".params")})}}")}"),
        (line => Is(line, "modelInput", JsonValueKind.Object),
            "It is a record of Amazon Bedrock's batch inference. "
                + $"{Jq($"{{custom_id: .recordId, {Chat}, body: ({FromAnthropic(".modelInput")})}}")} Name the model "
                + "with --model NAME."),
        (IsGemini,
            "It is a request of Gemini's batch mode. "
                + $"{Jq($"(.request // .) as $r | {{custom_id: .key, {Chat}, body: {{messages: {FromGemini}}}}}")} "
                + "That takes the texts alone. Name the model with --model NAME."),
        (line => Is(line, "body", JsonValueKind.Object) && line.Member("url") is null && line.Member("method") is null,
            "It is a line of a batch of Mistral, Together or Fireworks: url is missing. Set it for all lines, such "
                + "as with --set url=/v1/chat/completions."),
        (IsExample,
            "It is an example for fine-tuning: messages with their answer. "
                + $"{Jq($"{{{Chat}, body: {{messages: .messages[:-1]}}}}")} Name the model with --model NAME."),
        (line => IsChat(line), $"It is only the body of a call. {Jq($"{{{Chat}, body: .}}")}"),
        (line => line.Member("model") is not null && line.Member("input") is not null,
            $"It is only the body of a call. {Jq("{method: \"POST\", url: \"/v1/responses\", body: .}")} For "
                + "embeddings the url is /v1/embeddings."),
    ];

    /// <summary>Describes the line's format. Null: none of these.</summary>
    /// <param name="line">The line.</param>
    /// <param name="hasUrl">Whether the command line names the path to call.</param>
    public static string? Of(JsonElement line, bool hasUrl) =>
        hasUrl && Is(line, "body", JsonValueKind.Object) ? null : Known.FirstOrDefault(shape => shape.Is(line)).Says;

    /// <summary>The prompt for plain data; null if the line has no text for one.</summary>
    public static string? Prompt(JsonElement line)
    {
        if (Jobs.Any(name => line.Member(name) is not null))
            return null;
        var texts = line.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String)
            .Select(member => member.Name).ToList();
        var likeliest = Texts.FirstOrDefault(name => texts.Contains(name)) ?? texts.Find(name => name != "id");
        return likeliest is null ? null : $"To make a prompt of each line: --prompt \"{{{likeliest}}}\" --model NAME.";
    }

    static bool IsOutput(JsonElement line) =>
        line.Member("custom_id") is not null && line.Member("body") is null && line.Member("params") is null
            && (line.Member("response") ?? line.Member("result")) is not null
        || line.Member("jobId") is not null && line.Member("ending") is not null && line.Member("hash") is not null;

    static bool IsGemini(JsonElement line) => Is(line, "contents", JsonValueKind.Array)
        || line.Member("request") is { } request && Is(request, "contents", JsonValueKind.Array);

    static bool IsExample(JsonElement line) => IsChat(line) && line.Member("model") is null
        && line.Member("messages")!.Value.EnumerateArray().Last().Text("role") == "assistant";

    // OpenAI's messages have content; this program's own messages have text.
    static bool IsChat(JsonElement line) => line.Member("messages") is { ValueKind: JsonValueKind.Array } messages
        && messages.EnumerateArray().Any(message => message.Member("content") is not null);

    static bool Is(JsonElement line, string member, JsonValueKind kind) =>
        line.Member(member) is { } value && value.ValueKind == kind;

    static string Jq(string program) =>
        $"To make a line of an OpenAI Batch file of it: jq -c '{program}' FILE > jobs.jsonl.";

    // Anthropic's format has the system text beside the messages.
    static string FromAnthropic(string body) =>
        $"{body} | .messages = ([{{role: \"system\", content: .system}} | select(.content)] + .messages) | "
            + "del(.system)";

    const string FromGemini =
        "[$r.contents[] | {role: (if .role == \"model\" then \"assistant\" else \"user\" end), content: "
            + "([.parts[].text] | join(\"\"))}]";
}
