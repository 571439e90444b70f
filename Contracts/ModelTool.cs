using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>Something that the model may use: exactly one member is set.</summary>
[ExactlyOne("function", "webSearch", "fileSearch", "codeInterpreter", "imageGeneration", "mcp", "other")]
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

    /// <summary>Images that the model makes while it answers. Responses only.</summary>
    public ImageGenerationTool? ImageGeneration { get; init; }

    /// <summary>The tools of an MCP server (Model Context Protocol). Responses only.</summary>
    public McpTool? Mcp { get; init; }

    /// <summary>Any other tool, as the API takes it: <c>{"type": "computer_use_preview", …}</c>.</summary>
    public JsonElement? Other { get; init; }
}

/// <summary>A function that the model may ask to have called.</summary>
public sealed record FunctionTool
{
    /// <summary>1 to 128 of <c>a-z A-Z 0-9 _ -</c>; up to 64 with Chat Completions.</summary>
    [RegularExpression("^[a-zA-Z0-9_-]{1,128}$", ErrorMessage = "1 to 128 of a-z A-Z 0-9 _ -")]
    public required string Name { get; init; }

    /// <summary>Its purpose, described for the model.</summary>
    public string? Description { get; init; }

    /// <summary>A JSON Schema of its arguments. Omitted: it takes none.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>Whether the arguments must follow the schema to the letter. Omitted: the API's default.</summary>
    public bool? Strict { get; init; }

    /// <summary>
    /// The queue of its handler, which receives a <see cref="CallTool"/>. It begins with the worker's
    /// <c>Tools:QueuePrefix</c>. Omitted: the handler in the worker's settings for a function of this name; if there is
    /// none, the call is returned to the caller.
    /// </summary>
    public string? Queue { get; init; }

    /// <summary>
    /// How long its handler may take, as <c>hh:mm:ss</c>. 1 second to 1 hour; omitted: the worker's
    /// <c>Tools:Timeout</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan? Timeout { get; init; }
}

/// <summary>Search on the web.</summary>
public sealed record WebSearchTool
{
    /// <summary><c>low</c>, <c>medium</c> or <c>high</c>.</summary>
    public string? ContextSize { get; init; }

    /// <summary>Only these domains.</summary>
    public IReadOnlyList<string>? AllowedDomains { get; init; }

    /// <summary>Two letters (ISO 3166-1), such as <c>DE</c>: the user's approximate country.</summary>
    public string? Country { get; init; }

    /// <summary>The user's city.</summary>
    public string? City { get; init; }

    /// <summary>The user's region.</summary>
    public string? Region { get; init; }

    /// <summary>The user's time zone, such as <c>Europe/Berlin</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>False: only the provider's cache is searched. Omitted: the API's default, true.</summary>
    public bool? ExternalWebAccess { get; init; }
}

/// <summary>Search in vector stores.</summary>
public sealed record FileSearchTool
{
    /// <summary>The stores to search, at least one.</summary>
    [Length(1, int.MaxValue)]
    public required IReadOnlyList<string> VectorStoreIds { get; init; }

    /// <summary>A filter on file attributes, as the API takes it.</summary>
    public JsonElement? Filters { get; init; }

    /// <summary>1 to 50.</summary>
    [Range(1, 50)]
    public int? MaxResults { get; init; }

    /// <summary>
    /// How results are ranked: <c>auto</c>, or a ranker that the API names. Omitted: the API's default.
    /// </summary>
    public string? Ranker { get; init; }

    /// <summary>0 to 1: results below it are left out. Omitted: the API's default, 0.</summary>
    [Range(0.0, 1.0)]
    public double? ScoreThreshold { get; init; }

    /// <summary>
    /// Weight of the meaning relative to <see cref="TextWeight"/>; needs it. Omitted: the API's default.
    /// </summary>
    public double? EmbeddingWeight { get; init; }

    /// <summary>
    /// Weight of the words relative to <see cref="EmbeddingWeight"/>; needs it. Omitted: the API's default.
    /// </summary>
    public double? TextWeight { get; init; }
}

/// <summary>
/// Images that the model makes while it answers. They come back in <see cref="ModelMessaged.Files"/>.
/// </summary>
public sealed record ImageGenerationTool
{
    /// <summary>The image model. Omitted: the API's default.</summary>
    public string? Model { get; init; }

    /// <summary>Such as <c>1024x1024</c>, or <c>auto</c>.</summary>
    public string? Size { get; init; }

    /// <summary><c>low</c>, <c>medium</c>, <c>high</c> or <c>auto</c>.</summary>
    public string? Quality { get; init; }

    /// <summary><c>transparent</c>, <c>opaque</c> or <c>auto</c>.</summary>
    public string? Background { get; init; }

    /// <summary><c>png</c>, <c>webp</c> or <c>jpeg</c>.</summary>
    public string? OutputFormat { get; init; }

    /// <summary>0 to 100, for <c>webp</c> and <c>jpeg</c>.</summary>
    [Range(0, 100)]
    public int? OutputCompression { get; init; }

    /// <summary>
    /// <c>auto</c> or <c>low</c>: how strict the provider's own filter is. Omitted: the API's default, <c>auto</c>.
    /// </summary>
    [AllowedValues(null, "auto", "low")]
    public string? Moderation { get; init; }

    /// <summary>
    /// <c>high</c> or <c>low</c>: how closely the given images are preserved. Omitted: the API's default.
    /// </summary>
    [AllowedValues(null, "high", "low")]
    public string? InputFidelity { get; init; }

    /// <summary><c>generate</c>, <c>edit</c> or <c>auto</c>. Omitted: the API's default, <c>auto</c>.</summary>
    [AllowedValues(null, "generate", "edit", "auto")]
    public string? Action { get; init; }

    /// <summary>An uploaded PNG; the image is edited where it is transparent.</summary>
    public string? MaskFileId { get; init; }
}

/// <summary>
/// The tools of an MCP server (Model Context Protocol). Exactly one of <see cref="Server"/>, <see cref="Url"/> and
/// <see cref="ConnectorId"/>.
/// </summary>
[ExactlyOne("server", "url", "connectorId")]
public sealed record McpTool
{
    /// <summary>Names the server in the model's calls.</summary>
    [Needed]
    public required string Label { get; init; }

    /// <summary>
    /// A server in the worker's settings (<c>Tools:Servers</c>), which have its address and its secret. A message must
    /// not contain secrets.
    /// </summary>
    public string? Server { get; init; }

    /// <summary>The address of a server that needs no secret.</summary>
    public Uri? Url { get; init; }

    /// <summary>
    /// One of the API's connectors, such as <c>connector_gmail</c>; if it needs a token, use <see cref="Server"/>.
    /// </summary>
    public string? ConnectorId { get; init; }

    /// <summary>The purpose of the server, described for the model.</summary>
    public string? Description { get; init; }

    /// <summary>Only these of its tools.</summary>
    public IReadOnlyList<string>? AllowedTools { get; init; }

    /// <summary>Headers that the provider sends to the server. For secret headers use <see cref="Server"/>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>
    /// <c>never</c> or <c>always</c>. Omitted: <c>never</c>, because no approval can arrive while a job runs.
    /// </summary>
    [AllowedValues(null, "never", "always")]
    public string? RequireApproval { get; init; }
}

/// <summary>Code that the model writes and the provider runs.</summary>
public sealed record CodeInterpreterTool
{
    /// <summary>A container made before. Omitted: a new one.</summary>
    public string? ContainerId { get; init; }

    /// <summary>Files for a new container, at most 50.</summary>
    [Length(0, 50)]
    public IReadOnlyList<string>? FileIds { get; init; }

    /// <summary>
    /// Memory of a new container: <c>1g</c>, <c>4g</c>, <c>16g</c> or <c>64g</c>. Omitted: the API's default.
    /// </summary>
    [AllowedValues(null, "1g", "4g", "16g", "64g")]
    public string? MemoryLimit { get; init; }

    /// <summary>
    /// Hosts that code in a new container may call; an empty list allows none. Omitted: the API's default.
    /// </summary>
    public IReadOnlyList<string>? AllowedDomains { get; init; }
}
