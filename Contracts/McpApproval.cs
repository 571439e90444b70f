namespace OpenAIWorker.Contracts;

/// <summary>
/// The model asks for approval to call a tool of an MCP server. Answer with <see cref="McpApprovalAnswer"/> in a job
/// that continues this one.
/// </summary>
public sealed record McpApproval
{
    /// <summary>Names the question in the answer to it.</summary>
    public required string Id { get; init; }

    /// <summary>The server: its <see cref="McpTool.Label"/>.</summary>
    public required string Server { get; init; }

    /// <summary>The server's tool.</summary>
    public required string Name { get; init; }

    /// <summary>Its arguments as the model wrote them: JSON text, not checked.</summary>
    public required string Arguments { get; init; }
}

/// <summary>Whether a tool of an MCP server may be called.</summary>
public sealed record McpApprovalAnswer
{
    /// <summary>The <see cref="McpApproval.Id"/>.</summary>
    [Needed]
    public required string Id { get; init; }

    /// <summary>True: it may.</summary>
    public bool Approve { get; init; }

    /// <summary>Why, in words for the model.</summary>
    public string? Reason { get; init; }
}
