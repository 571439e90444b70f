using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// What an assistant is made of: the members that <see cref="CreateAssistant"/> and <see cref="UpdateAssistant"/>
/// share.
/// </summary>
public abstract record AssistantRequest : JobRequest
{
    /// <summary>The model that answers, such as <c>gpt-6-luna</c>. There is no default: models retire.</summary>
    public string? Model { get; init; }

    /// <summary>Up to 256 characters. Several assistants may have the same.</summary>
    [StringLength(256)]
    public string? Name { get; init; }

    /// <summary>Up to 512 characters.</summary>
    [StringLength(512)]
    public string? Description { get; init; }

    /// <summary>What the model is told before every message. Up to 256,000 characters.</summary>
    [StringLength(256000)]
    public string? Instructions { get; init; }

    /// <summary>
    /// Whether the model may write and run code at the provider. Set by <see cref="CodeInterpreterFileIds"/>.
    /// </summary>
    public bool? CodeInterpreter { get; init; }

    /// <summary>
    /// Files that its code may read: up to 50 uploaded with the purpose <c>assistants</c>, 20 where the provider keeps
    /// assistants.
    /// </summary>
    [Length(0, 50)]
    public IReadOnlyList<string>? CodeInterpreterFileIds { get; init; }

    /// <summary>
    /// Whether the model may search in files. Set by <see cref="KnowledgeFileIds"/> and <see cref="VectorStoreIds"/>.
    /// </summary>
    public bool? KnowledgeRetrieval { get; init; }

    /// <summary>
    /// Files to search in: up to 500 uploaded ones, which the worker puts into a new vector store, and waits until they
    /// are read. Never with <see cref="VectorStoreIds"/>.
    /// </summary>
    [Length(0, 500)]
    public IReadOnlyList<string>? KnowledgeFileIds { get; init; }

    /// <summary>
    /// The vector stores to search in, which are there already; at most one where the provider keeps assistants. Never
    /// with <see cref="KnowledgeFileIds"/>.
    /// </summary>
    [Length(0, 100)]
    public IReadOnlyList<string>? VectorStoreIds { get; init; }

    /// <summary>
    /// Functions that the model may ask to have called: the custom tools. With the other tools up to 128.
    /// </summary>
    [Length(0, 128)]
    public IReadOnlyList<FunctionTool>? Functions { get; init; }

    /// <summary>What answers are to be. Omitted: text.</summary>
    public OutputFormat? Output { get; init; }

    /// <summary>0 to 2.</summary>
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double? TopP { get; init; }

    /// <summary>
    /// <c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, or what else the model knows.
    /// </summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>Pairs kept with the assistant: at most 16, keys up to 64 and values up to 512 characters.</summary>
    [Length(0, 16), Each(MaximumKeyLength = 64, MaximumLength = 512)]
    public IReadOnlyDictionary<string, string>? StoreMetadata { get; init; }

    /// <summary>
    /// True: the assistant as a member of the result. False: OpenAI's assistant object, in <c>raw</c>. Omitted: true.
    /// </summary>
    public bool? Simplify { get; init; }
}
