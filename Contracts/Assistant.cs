namespace OpenAIWorker.Contracts;

/// <summary>A stored assistant.</summary>
public sealed record Assistant
{
    /// <summary>Its name in requests, such as <c>asst_1</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its name for people.</summary>
    public string? Name { get; init; }

    /// <summary>Its purpose.</summary>
    public string? Description { get; init; }

    /// <summary>The model that answers.</summary>
    public string? Model { get; init; }

    /// <summary>Instructions to the model before every message.</summary>
    public string? Instructions { get; init; }

    /// <summary>Whether the model may write and run code.</summary>
    public bool CodeInterpreter { get; init; }

    /// <summary>Files that its code may read.</summary>
    public IReadOnlyList<string>? CodeInterpreterFileIds { get; init; }

    /// <summary>Whether the model may search files.</summary>
    public bool KnowledgeRetrieval { get; init; }

    /// <summary>The vector stores that hold them.</summary>
    public IReadOnlyList<string>? VectorStoreIds { get; init; }

    /// <summary>Functions that the model may ask to have called.</summary>
    public IReadOnlyList<FunctionTool>? Functions { get; init; }

    /// <summary>The format of the answers, if it is not text.</summary>
    public OutputFormat? Output { get; init; }

    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>Such as <c>low</c>.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>The pairs kept with it.</summary>
    public IReadOnlyDictionary<string, string>? StoreMetadata { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
