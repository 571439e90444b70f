using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Message a model: <c>POST /responses</c>, or <c>POST /chat/completions</c> if <see cref="Api"/> says so. Ends as
/// <see cref="ModelMessaged"/>. Only members that are set are sent, so the API's own defaults apply to the others.
/// </summary>
public sealed record MessageModel : JobRequest
{
    /// <summary>
    /// The model, such as <c>gpt-6-luna</c>. It has no default, because providers retire models. It may be omitted if
    /// <see cref="Prompt"/> has it.
    /// </summary>
    [Needed("prompt", "extra.model", "extra.prompt")]
    public string? Model { get; init; }

    /// <summary>The conversation so far, at least one message, unless <see cref="Prompt"/> brings it.</summary>
    [Needed("prompt", "instructions+conversationId", "extra.input", "extra.messages", "extra.prompt")]
    public IReadOnlyList<ModelMessage>? Messages { get; init; }

    /// <summary>
    /// A system message in addition to <see cref="Messages"/>; with <see cref="ConversationId"/> or
    /// <see cref="PreviousResponseId"/> it applies to this turn only.
    /// </summary>
    public string? Instructions { get; init; }

    /// <summary>A prompt stored at the provider. Responses only.</summary>
    public StoredPrompt? Prompt { get; init; }

    /// <summary>
    /// Which API is called. Omitted: Chat Completions if the job sets a member that only they have; otherwise the
    /// credential's API, which is Responses unless its settings say otherwise.
    /// </summary>
    public ModelApi? Api { get; init; }

    /// <summary>
    /// True: the answer's parts as members of the result. False: the API's unchanged answer in <c>raw</c>. Omitted:
    /// true.
    /// </summary>
    public bool? Simplify { get; init; }

    /// <summary>The format of the answer. Omitted: text.</summary>
    public OutputFormat? Output { get; init; }

    /// <summary>Limit of output tokens, including reasoning. At least 1 (Responses: 16).</summary>
    [Range(1, int.MaxValue)]
    public int? MaxTokens { get; init; }

    /// <summary>How many completions, 1 to 128. Chat Completions only.</summary>
    [Range(1, 128)]
    public int? Completions { get; init; }

    /// <summary>0 to 2.</summary>
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double? TopP { get; init; }

    /// <summary>-2 to 2. Chat Completions only.</summary>
    [Range(-2.0, 2.0)]
    public double? FrequencyPenalty { get; init; }

    /// <summary>-2 to 2. Chat Completions only.</summary>
    [Range(-2.0, 2.0)]
    public double? PresencePenalty { get; init; }

    /// <summary>1 to 4 texts that end the answer. Chat Completions only.</summary>
    [Length(1, 4)]
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>For answers that are as similar as possible. Chat Completions only.</summary>
    public long? Seed { get; init; }

    /// <summary>True: log probabilities of the output tokens come with the answer.</summary>
    public bool? Logprobs { get; init; }

    /// <summary>How many of the likeliest tokens at each place, 0 to 20. Sets <see cref="Logprobs"/>.</summary>
    [Range(0, 20)]
    public int? TopLogprobs { get; init; }

    /// <summary>Tools that the model may use: functions and the API's built-in tools.</summary>
    public IReadOnlyList<ModelTool>? Tools { get; init; }

    /// <summary>
    /// <c>auto</c>, <c>none</c>, <c>required</c>, or the tool to use: the name of a function, the label of an MCP
    /// server, or <c>webSearch</c>, <c>fileSearch</c>, <c>codeInterpreter</c> or <c>imageGeneration</c>.
    /// </summary>
    public string? ToolChoice { get; init; }

    /// <summary>
    /// The tools of <see cref="Tools"/> that may be used in this turn, named as in <see cref="ToolChoice"/>. Omitted:
    /// all.
    /// </summary>
    [Length(1, 128)]
    public IReadOnlyList<string>? AllowedTools { get; init; }

    /// <summary>Whether the model may ask for several functions at once. Omitted: the API's default, true.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>Limit of the calls to built-in tools, at least 1. Responses only.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxToolCalls { get; init; }

    /// <summary>
    /// Limit of the rounds in which the worker answers function calls, 0 (no limit) or more. Omitted: 15. Functions
    /// without a handler need no round: their calls are returned to the caller in
    /// <see cref="ModelMessaged.ToolCalls"/>.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int? MaxToolRounds { get; init; }

    /// <summary>
    /// <c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, or another value that the model knows.
    /// </summary>
    public string? ReasoningEffort { get; init; }

    /// <summary><c>none</c>, <c>auto</c>, <c>concise</c> or <c>detailed</c>. Responses only.</summary>
    public string? ReasoningSummary { get; init; }

    /// <summary><c>standard</c>, <c>pro</c>, or another value that the model knows. Responses only.</summary>
    public string? ReasoningMode { get; init; }

    /// <summary>
    /// Which earlier reasoning the model sees: <c>auto</c>, <c>current_turn</c> or <c>all_turns</c>. Responses only.
    /// </summary>
    [AllowedValues(null, "auto", "current_turn", "all_turns")]
    public string? ReasoningContext { get; init; }

    /// <summary><c>low</c>, <c>medium</c> or <c>high</c>.</summary>
    public string? Verbosity { get; init; }

    /// <summary>
    /// <c>auto</c>, <c>default</c>, <c>flex</c>, <c>priority</c>, or another value that the provider knows.
    /// </summary>
    public string? ServiceTier { get; init; }

    /// <summary>Groups requests that share a prefix in the provider's prompt cache.</summary>
    public string? PromptCacheKey { get; init; }

    /// <summary>
    /// Whether the provider stores the answer. Omitted: the API's default, which is true for Responses.
    /// </summary>
    public bool? Store { get; init; }

    /// <summary>
    /// Pairs stored with the stored answer at the provider: at most 16, keys up to 64 and values up to 512 characters.
    /// </summary>
    [Length(0, 16), Each(MaximumKeyLength = 64, MaximumLength = 512)]
    public IReadOnlyDictionary<string, string>? StoreMetadata { get; init; }

    /// <summary>
    /// The response that this turn continues. Responses only; never with <see cref="ConversationId"/>.
    /// </summary>
    public string? PreviousResponseId { get; init; }

    /// <summary>
    /// The conversation that this turn is added to. Responses only; never with <see cref="PreviousResponseId"/>.
    /// </summary>
    public string? ConversationId { get; init; }

    /// <summary>
    /// Additional parts of the answer, such as <c>web_search_call.action.sources</c>. Responses only.
    /// </summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary><c>auto</c> or <c>disabled</c>. Responses only.</summary>
    public string? Truncation { get; init; }

    /// <summary>
    /// True: the provider computes the answer in the background, and the worker polls until it is done, within
    /// <see cref="JobRequest.Timeout"/>. Responses only.
    /// </summary>
    public bool? Background { get; init; }
}

/// <summary>The result of <see cref="MessageModel"/>.</summary>
public sealed record ModelMessaged : OperationResult
{
    /// <summary>The answer's text, without commentary; with several completions, the text of the first.</summary>
    public string? Text { get; init; }

    /// <summary>The parsed answer, if <see cref="MessageModel.Output"/> asked for JSON.</summary>
    public JsonElement? Json { get; init; }

    /// <summary>
    /// <c>stop</c>, <c>length</c> (cut at the token limit), <c>content_filter</c> or <c>tool_calls</c> (the model waits
    /// for your answer).
    /// </summary>
    public string? FinishReason { get; init; }

    /// <summary>The model's explanation, if it refused to answer.</summary>
    public string? Refusal { get; init; }

    /// <summary>The functions that the model asks to call. Answer them with messages of role <c>tool</c>.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>
    /// Tools of MCP servers that the model asks for approval to call. Answer with <see cref="ModelMessage.Approvals"/>.
    /// </summary>
    public IReadOnlyList<McpApproval>? McpApprovals { get; init; }

    /// <summary>
    /// The model's reasoning, if the provider returns it: <c>reasoning_content</c>, <c>reasoning</c> or a part of the
    /// content.
    /// </summary>
    public string? Reasoning { get; init; }

    /// <summary>Summary of the reasoning, if <see cref="MessageModel.ReasoningSummary"/> asked for one.</summary>
    public string? ReasoningSummary { get; init; }

    /// <summary>
    /// Sources that the text cites, as the API returns them: <c>url_citation</c>, <c>file_citation</c> and others.
    /// </summary>
    public IReadOnlyList<JsonElement>? Annotations { get; init; }

    /// <summary>
    /// The files that the model made: images, sound, and files of the code interpreter that the text cites. A file that
    /// could not be fetched is omitted.
    /// </summary>
    public IReadOnlyList<BinaryOutput>? Files { get; init; }

    /// <summary>
    /// The rest of the answer, as the API returns it: searches and their sources, code and its outputs, calls of custom
    /// tools, shells and computers, commentary, encrypted reasoning, output of earlier rounds of functions, and parts
    /// that <see cref="MessageModel.Include"/> asked for.
    /// </summary>
    public IReadOnlyList<JsonElement>? OtherOutput { get; init; }

    /// <summary>Log probabilities of the first completion's tokens, as the API gives them.</summary>
    public JsonElement? Logprobs { get; init; }

    /// <summary>All completions, if more than one was asked for.</summary>
    public IReadOnlyList<Completion>? Completions { get; init; }

    /// <summary>The API's id of the answer, to go on from as <see cref="MessageModel.PreviousResponseId"/>.</summary>
    public string? ResponseId { get; init; }

    /// <summary>The conversation that the answer belongs to.</summary>
    public string? ConversationId { get; init; }
}
