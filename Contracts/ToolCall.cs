namespace OpenAIWorker.Contracts;

/// <summary>The model asks to have a function called.</summary>
public sealed record ToolCall
{
    /// <summary>Names the call in the answer to it.</summary>
    public required string Id { get; init; }

    /// <summary>The function.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace of the function, if it has one. It is sent back with the call.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its arguments as the model wrote them: JSON text, not checked.</summary>
    public required string Arguments { get; init; }
}
