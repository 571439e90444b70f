namespace OpenAIWorker.Contracts;

/// <summary>The model asks to have a function called.</summary>
public sealed record ToolCall
{
    /// <summary>Names the call in the answer to it.</summary>
    public required string Id { get; init; }

    /// <summary>The function.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that the function is in, where it is in one. It goes back with the call.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its arguments as the model wrote them: JSON text, not checked.</summary>
    public required string Arguments { get; init; }
}
