using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Message an assistant, in a new conversation or an existing one. Ends as <see cref="AssistantMessaged"/>. Exactly one
/// of <see cref="AssistantId"/> and <see cref="AssistantName"/>.
/// </summary>
[ExactlyOne("assistantId", "assistantName")]
public sealed record MessageAssistant : JobRequest
{
    /// <summary>The assistant's id.</summary>
    public string? AssistantId { get; init; }

    /// <summary>The assistant's name; exactly one assistant must have it.</summary>
    public string? AssistantName { get; init; }

    /// <summary>
    /// The user's message. Required, unless <see cref="ToolOutputs"/> or <see cref="Approvals"/> are set.
    /// </summary>
    [Needed("toolOutputs", "approvals")]
    public string? Prompt { get; init; }

    /// <summary>Images, sent after the text.</summary>
    public IReadOnlyList<ImageInput>? Images { get; init; }

    /// <summary>Files, sent after the images, which the model reads completely.</summary>
    public IReadOnlyList<FileInput>? Files { get; init; }

    /// <summary>
    /// The conversation to continue: <see cref="AssistantMessaged.ThreadId"/> of an earlier message. Omitted: a new
    /// one.
    /// </summary>
    public string? ThreadId { get; init; }

    /// <summary>Additional tools, for this message only.</summary>
    public IReadOnlyList<ModelTool>? Tools { get; init; }

    /// <summary>
    /// True: this message has the assistant's tools and <see cref="Tools"/>; a function of the message replaces one of
    /// the same name. False: this message has only <see cref="Tools"/>. Omitted: true. The assistant keeps its tools.
    /// </summary>
    public bool? PreserveOriginalTools { get; init; }

    /// <summary>
    /// Answers to the <see cref="AssistantMessaged.ToolCalls"/> of the previous message, in the same thread.
    /// </summary>
    public IReadOnlyList<ToolOutput>? ToolOutputs { get; init; }

    /// <summary>
    /// Answers to the <see cref="AssistantMessaged.McpApprovals"/> of the previous message, in the same thread.
    /// </summary>
    public IReadOnlyList<McpApprovalAnswer>? Approvals { get; init; }

    /// <summary>As in <see cref="MessageModel.ToolChoice"/>.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>As in <see cref="MessageModel.MaxToolRounds"/>.</summary>
    [Range(0, int.MaxValue)]
    public int? MaxToolRounds { get; init; }

    /// <summary>Limit of output tokens, including reasoning.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxTokens { get; init; }

    /// <summary>As in <see cref="MessageModel.Background"/>.</summary>
    public bool? Background { get; init; }

    /// <summary>
    /// True: the answer's parts as members of the result. False: the API's unchanged answer in <c>raw</c>. Omitted:
    /// true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="MessageAssistant"/>.</summary>
public sealed record AssistantMessaged : OperationResult
{
    /// <summary>The answer's text.</summary>
    public string? Text { get; init; }

    /// <summary>The parsed answer, if the assistant's <see cref="AssistantRequest.Output"/> asks for JSON.</summary>
    public JsonElement? Json { get; init; }

    /// <summary>
    /// <c>stop</c>, <c>length</c> (cut at the token limit), <c>content_filter</c> or <c>tool_calls</c> (the model waits
    /// for your answer).
    /// </summary>
    public string? FinishReason { get; init; }

    /// <summary>The model's explanation, if it refused to answer.</summary>
    public string? Refusal { get; init; }

    /// <summary>The model's reasoning, if the provider returns it.</summary>
    public string? Reasoning { get; init; }

    /// <summary>Summary of the reasoning, if <see cref="JobRequest.Extra"/> asked for one.</summary>
    public string? ReasoningSummary { get; init; }

    /// <summary>The functions that the model asks to call and that have no handler.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>
    /// Tools of MCP servers that the model asks for approval to call. Answer with
    /// <see cref="MessageAssistant.Approvals"/>.
    /// </summary>
    public IReadOnlyList<McpApproval>? McpApprovals { get; init; }

    /// <summary>
    /// Sources that the text cites, as the API returns them: <c>file_citation</c>, <c>container_file_citation</c> and
    /// others.
    /// </summary>
    public IReadOnlyList<JsonElement>? Annotations { get; init; }

    /// <summary>
    /// The files that the model made: images, sound, and files of the code interpreter that the text cites. A file that
    /// could not be fetched is omitted.
    /// </summary>
    public IReadOnlyList<BinaryOutput>? Files { get; init; }

    /// <summary>As in <see cref="ModelMessaged.OtherOutput"/>.</summary>
    public IReadOnlyList<JsonElement>? OtherOutput { get; init; }

    /// <summary>The assistant that answered.</summary>
    public string? AssistantId { get; init; }

    /// <summary>The conversation, to go on with as <see cref="MessageAssistant.ThreadId"/>.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The API's id of the answer.</summary>
    public string? ResponseId { get; init; }
}
