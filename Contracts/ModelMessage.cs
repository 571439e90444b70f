using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>One message of a conversation: text, images, files, sound, or a function's answer.</summary>
public sealed record ModelMessage
{
    /// <summary>
    /// <c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c>, or <c>tool</c> for a function's answer. Omitted:
    /// <c>user</c>.
    /// </summary>
    [AllowedValues(null, "system", "developer", "user", "assistant", "tool")]
    public string? Role { get; init; }

    /// <summary>The text.</summary>
    [Needed("images", "files", "audio", "toolCalls", "approvals", MayBeBlank = true)]
    public string? Text { get; init; }

    /// <summary>
    /// Images, sent after the text. Chat Completions: role <c>user</c> only. Responses accepts only text from an
    /// assistant, so the images and files of role <c>assistant</c> are sent as a user message after it.
    /// </summary>
    public IReadOnlyList<ImageInput>? Images { get; init; }

    /// <summary>Files after the images. With Chat Completions role <c>user</c> only.</summary>
    public IReadOnlyList<FileInput>? Files { get; init; }

    /// <summary>Sound after the files. Chat Completions and role <c>user</c> only.</summary>
    public IReadOnlyList<AudioInput>? Audio { get; init; }

    /// <summary>
    /// True: the prompt cache keeps everything up to the end of this message. Omitted: the provider chooses.
    /// </summary>
    public bool? CacheBreakpoint { get; init; }

    /// <summary>Role <c>assistant</c>: the functions that the model called in this message.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>Role <c>tool</c>: the <see cref="ToolCall.Id"/> that <see cref="Text"/> answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>
    /// Answers to the <see cref="ModelMessaged.McpApprovals"/> of the response or conversation that is continued.
    /// Responses only.
    /// </summary>
    public IReadOnlyList<McpApprovalAnswer>? Approvals { get; init; }
}
