using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations.Text;

/// <summary>Tools as the Responses API takes them: each flat, with its type.</summary>
static class ResponsesTools
{
    static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object","properties":{},"additionalProperties":false}""");

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
        },
        { CodeInterpreter: { } code } => new()
        {
            { "type", "code_interpreter" },
            { "container", code.ContainerId },
            { "container", code.ContainerId is null ? new JsonBody { { "type", "auto" }, { "file_ids", code.FileIds } } : null },
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
        },
        _ => Other(tool.Other!.Value),
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
        { "strict", function.Strict },
    };

    static JsonBody WebSearch(WebSearchTool search)
    {
        var place = new JsonBody { { "country", search.Country }, { "city", search.City }, { "region", search.Region } };
        if (!place.IsEmpty)
            place.Add("type", "approximate");
        return new()
        {
            { "type", "web_search" },
            { "search_context_size", search.ContextSize },
            { "filters", new JsonBody { { "allowed_domains", search.AllowedDomains } } },
            { "user_location", place },
        };
    }
}
