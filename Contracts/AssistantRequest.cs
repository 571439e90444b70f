using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// The members of an assistant that <see cref="CreateAssistant"/> and <see cref="UpdateAssistant"/> share.
/// </summary>
public abstract record AssistantRequest : JobRequest
{
    /// <summary>
    /// The model that answers, such as <c>gpt-6-luna</c>. It has no default, because providers retire models.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>Up to 256 characters. Several assistants may have the same.</summary>
    [StringLength(256)]
    public string? Name { get; init; }

    /// <summary>Up to 512 characters.</summary>
    [StringLength(512)]
    public string? Description { get; init; }

    /// <summary>Instructions to the model before every message. Up to 256,000 characters.</summary>
    [StringLength(256000)]
    public string? Instructions { get; init; }

    /// <summary>
    /// Whether the model may write and run code at the provider. Set by <see cref="CodeInterpreterFileIds"/>.
    /// </summary>
    public bool? CodeInterpreter { get; init; }

    /// <summary>
    /// Files that its code may read, uploaded with the purpose <c>assistants</c>: up to 50, or 20 with native
    /// assistants.
    /// </summary>
    [Length(0, 50)]
    public IReadOnlyList<string>? CodeInterpreterFileIds { get; init; }

    /// <summary>
    /// Whether the model may search files. Set by <see cref="KnowledgeFileIds"/> and <see cref="VectorStoreIds"/>.
    /// </summary>
    public bool? KnowledgeRetrieval { get; init; }

    /// <summary>
    /// Uploaded files to search, up to 500. The worker puts them into a new vector store and waits until they are
    /// indexed. Never with <see cref="VectorStoreIds"/>.
    /// </summary>
    [Length(0, 500)]
    public IReadOnlyList<string>? KnowledgeFileIds { get; init; }

    /// <summary>
    /// Existing vector stores to search; at most one with native assistants. Never with <see cref="KnowledgeFileIds"/>.
    /// </summary>
    [Length(0, 100)]
    public IReadOnlyList<string>? VectorStoreIds { get; init; }

    /// <summary>Functions that the model may call (custom tools); with other tools up to 128.</summary>
    [Length(0, 128)]
    public IReadOnlyList<FunctionTool>? Functions { get; init; }

    /// <summary>The format of the answers. Omitted: text.</summary>
    public OutputFormat? Output { get; init; }

    /// <summary>0 to 2.</summary>
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double? TopP { get; init; }

    /// <summary>
    /// <c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, or another value that the model knows.
    /// </summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>Pairs stored with the assistant: at most 16, keys up to 64 and values up to 512 characters.</summary>
    [Length(0, 16), Each(MaximumKeyLength = 64, MaximumLength = 512)]
    public IReadOnlyDictionary<string, string>? StoreMetadata { get; init; }

    /// <summary>
    /// True: the assistant as a member of the result. False: OpenAI's assistant object, in <c>raw</c>. Omitted: true.
    /// </summary>
    public bool? Simplify { get; init; }
}
