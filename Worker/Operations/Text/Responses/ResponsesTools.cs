using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tools;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>Tools in the form of the Responses API: flat, with their type.</summary>
static class ResponsesTools
{
    static readonly JsonElement Null = JsonElement.Parse("null");

    static readonly JsonElement NoParameters =
        JsonElement.Parse("""{"type":"object","properties":{},"additionalProperties":false}""");

    public static JsonBody Of(ModelTool tool) => tool switch
    {
        { Function: { } function } => Function(function),
        { WebSearch: { } search } => WebSearch(search),
        { FileSearch: { } search } => new()
        {
            { "type", "file_search" },
            { "vector_store_ids", search.VectorStoreIds },
            { "filters", search.Filters },
            { "max_num_results", search.MaxResults },
            { "ranking_options", Ranking(search) },
        },
        { CodeInterpreter: { } code } => new()
        {
            { "type", "code_interpreter" },
            { "container", code.ContainerId },
            { "container", code.ContainerId is null ? Container(code) : null },
        },
        { ImageGeneration: { } image } => new()
        {
            { "type", "image_generation" },
            { "model", image.Model },
            { "size", image.Size },
            { "quality", image.Quality },
            { "background", image.Background },
            { "output_format", image.OutputFormat },
            { "output_compression", image.OutputCompression },
            { "moderation", image.Moderation },
            { "input_fidelity", image.InputFidelity },
            { "action", image.Action },
            { "input_image_mask", new JsonBody { { "file_id", image.MaskFileId } } },
        },
        // Without the secrets, which are added just before the call.
        { Mcp: { } mcp } => Other(McpBody.Of(mcp, null)),
        _ => Other(tool.Other!.Value),
    };

    static JsonBody Ranking(FileSearchTool search) => new()
    {
        { "ranker", search.Ranker },
        { "score_threshold", search.ScoreThreshold },
        { "hybrid_search", new JsonBody { { "embedding_weight", search.EmbeddingWeight },
            { "text_weight", search.TextWeight } } },
    };

    static JsonBody Container(CodeInterpreterTool code) => new()
    {
        { "type", "auto" },
        { "file_ids", code.FileIds },
        { "memory_limit", code.MemoryLimit },
        { "network_policy", Network(code.AllowedDomains) },
    };

    static JsonBody? Network(IReadOnlyList<string>? domains) => domains switch
    {
        null => null,
        { Count: 0 } => new() { { "type", "disabled" } },
        _ => new() { { "type", "allowlist" }, { "allowed_domains", domains } },
    };

    public static JsonElement ParametersOf(FunctionTool function) => function.Parameters ?? NoParameters;

    public static JsonBody Other(JsonElement tool)
    {
        var body = new JsonBody();
        foreach (var member in tool.EnumerateObject())
            body.Add(member.Name, member.Value);
        return body;
    }

    static JsonBody Function(FunctionTool function) => new()
    {
        { "type", "function" },
        { "name", function.Name },
        { "description", function.Description },
        { "parameters", ParametersOf(function) },
        { "strict", function.Strict is { } strict ? JsonElement.Parse(strict ? "true" : "false") : Null },
    };

    static JsonBody WebSearch(WebSearchTool search)
    {
        var place = new JsonBody { { "country", search.Country }, { "city", search.City }, { "region", search.Region },
            { "timezone", search.TimeZone } };
        if (!place.IsEmpty)
            place.Add("type", "approximate");
        return new()
        {
            { "type", "web_search" },
            { "search_context_size", search.ContextSize },
            { "filters", new JsonBody { { "allowed_domains", search.AllowedDomains } } },
            { "user_location", place },
            { "external_web_access", search.ExternalWebAccess },
        };
    }
}
