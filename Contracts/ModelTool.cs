using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>Something that the model may use: exactly one member is set.</summary>
public sealed record ModelTool
{
    /// <summary>A function of the caller's.</summary>
    public FunctionTool? Function { get; init; }

    /// <summary>Search on the web. Responses only.</summary>
    public WebSearchTool? WebSearch { get; init; }

    /// <summary>Search in vector stores. Responses only.</summary>
    public FileSearchTool? FileSearch { get; init; }

    /// <summary>Code that the model writes and the provider runs. Responses only.</summary>
    public CodeInterpreterTool? CodeInterpreter { get; init; }

    /// <summary>Any other tool, as the API takes it: <c>{"type": "mcp", …}</c>.</summary>
    public JsonElement? Other { get; init; }
}

/// <summary>A function that the model may ask to have called.</summary>
public sealed record FunctionTool
{
    /// <summary>1 to 64 of <c>a-z A-Z 0-9 _ -</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in words for the model.</summary>
    public string? Description { get; init; }

    /// <summary>A JSON Schema of its arguments. Omitted: it takes none.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>Whether the arguments must follow the schema to the letter. Omitted: the API's default.</summary>
    public bool? Strict { get; init; }
}

/// <summary>Search on the web.</summary>
public sealed record WebSearchTool
{
    /// <summary><c>low</c>, <c>medium</c> or <c>high</c>.</summary>
    public string? ContextSize { get; init; }

    /// <summary>Only these domains.</summary>
    public IReadOnlyList<string>? AllowedDomains { get; init; }

    /// <summary>Two letters (ISO 3166-1), such as <c>DE</c>: where the user is, roughly.</summary>
    public string? Country { get; init; }

    /// <summary>The user's city.</summary>
    public string? City { get; init; }

    /// <summary>The user's region.</summary>
    public string? Region { get; init; }
}

/// <summary>Search in vector stores.</summary>
public sealed record FileSearchTool
{
    /// <summary>The stores to search, at least one.</summary>
    public required IReadOnlyList<string> VectorStoreIds { get; init; }

    /// <summary>A filter on file attributes, as the API takes it.</summary>
    public JsonElement? Filters { get; init; }

    /// <summary>1 to 50.</summary>
    public int? MaxResults { get; init; }
}

/// <summary>Code that the model writes and the provider runs.</summary>
public sealed record CodeInterpreterTool
{
    /// <summary>A container made before. Omitted: a new one.</summary>
    public string? ContainerId { get; init; }

    /// <summary>Files for a new container, at most 50.</summary>
    public IReadOnlyList<string>? FileIds { get; init; }
}
