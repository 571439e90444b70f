using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Message an assistant, in a new conversation or one that goes on. Ends as <see cref="AssistantMessaged"/>.
/// Exactly one of <see cref="AssistantId"/> and <see cref="AssistantName"/>.
/// </summary>
[ExactlyOne("assistantId", "assistantName")]
public sealed record MessageAssistant : JobRequest
{
    /// <summary>The assistant's id.</summary>
    public string? AssistantId { get; init; }

    /// <summary>The assistant's name, where only one assistant has it.</summary>
    public string? AssistantName { get; init; }

    /// <summary>
    /// The user's words. Needed, unless <see cref="ToolOutputs"/> or <see cref="Approvals"/> are given.
    /// </summary>
    [Needed("toolOutputs", "approvals")]
    public string? Prompt { get; init; }

    /// <summary>Images after the words.</summary>
    public IReadOnlyList<ImageInput>? Images { get; init; }

    /// <summary>Files after the images, for the model to read whole.</summary>
    public IReadOnlyList<FileInput>? Files { get; init; }

    /// <summary>
    /// The conversation that goes on: <see cref="AssistantMessaged.ThreadId"/> of an earlier message. Omitted: a new
    /// one.
    /// </summary>
    public string? ThreadId { get; init; }

    /// <summary>More tools, for this message only.</summary>
    public IReadOnlyList<ModelTool>? Tools { get; init; }

    /// <summary>
    /// True: the assistant's own tools stay beside <see cref="Tools"/>; a function of the same name is the message's.
    /// False: this message has <see cref="Tools"/> only. Omitted: true. The assistant keeps its tools either way.
    /// </summary>
    public bool? PreserveOriginalTools { get; init; }

    /// <summary>
    /// Answers to the <see cref="AssistantMessaged.ToolCalls"/> of the message before, in the same thread.
    /// </summary>
    public IReadOnlyList<ToolOutput>? ToolOutputs { get; init; }

    /// <summary>
    /// Answers to the <see cref="AssistantMessaged.McpApprovals"/> of the message before, in the same thread.
    /// </summary>
    public IReadOnlyList<McpApprovalAnswer>? Approvals { get; init; }

    /// <summary>As in <see cref="MessageModel.ToolChoice"/>.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>As in <see cref="MessageModel.MaxToolRounds"/>.</summary>
    [Range(0, int.MaxValue)]
    public int? MaxToolRounds { get; init; }

    /// <summary>Bound of output tokens, reasoning included.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxTokens { get; init; }

    /// <summary>As in <see cref="MessageModel.Background"/>.</summary>
    public bool? Background { get; init; }

    /// <summary>
    /// True: the answer's parts as members of the result. False: the API's answer as it is, in <c>raw</c>. Omitted:
    /// true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="MessageAssistant"/>.</summary>
public sealed record AssistantMessaged : OperationResult
{
    /// <summary>The answer's text.</summary>
    public string? Text { get; init; }

    /// <summary>The parsed answer, where the assistant's <see cref="AssistantRequest.Output"/> asks for JSON.</summary>
    public JsonElement? Json { get; init; }

    /// <summary>
    /// <c>stop</c>, <c>length</c> (cut at the token limit), <c>content_filter</c> or <c>tool_calls</c> (the model waits
    /// for an answer of yours).
    /// </summary>
    public string? FinishReason { get; init; }

    /// <summary>The model's words where it refused to answer.</summary>
    public string? Refusal { get; init; }

    /// <summary>What the model thought before it answered, where the provider tells.</summary>
    public string? Reasoning { get; init; }

    /// <summary>Summary of the reasoning, where <see cref="JobRequest.Extra"/> asked for one.</summary>
    public string? ReasoningSummary { get; init; }

    /// <summary>The functions that the model wants called, where no handler of the worker answers them.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>
    /// The tools of MCP servers that the model asks leave to call. Answer with
    /// <see cref="MessageAssistant.Approvals"/>.
    /// </summary>
    public IReadOnlyList<McpApproval>? McpApprovals { get; init; }

    /// <summary>
    /// Sources that the text cites, as the API gives them: <c>file_citation</c>, <c>container_file_citation</c> and
    /// others.
    /// </summary>
    public IReadOnlyList<JsonElement>? Annotations { get; init; }

    /// <summary>
    /// The files that the model made: images, sound, and those of the code interpreter that the text cites. One that
    /// could not be had is missing.
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
