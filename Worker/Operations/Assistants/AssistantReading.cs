using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>OpenAI's assistant object as an <see cref="Assistant"/>.</summary>
static class AssistantReading
{
    public static Assistant Read(ProviderResponse answer, JsonElement assistant) => new()
    {
        Id = assistant.Id() ?? throw answer.Broken("an assistant that has no id"),
        Name = assistant.Text("name"),
        Description = assistant.Text("description"),
        Model = assistant.Text("model"),
        Instructions = assistant.Text("instructions"),
        CodeInterpreter = Has(assistant, "code_interpreter"),
        CodeInterpreterFileIds = CodeFiles(assistant),
        KnowledgeRetrieval = Has(assistant, "file_search"),
        VectorStoreIds = VectorStores(assistant),
        Functions = Functions(assistant) is { Count: > 0 } functions ? functions : null,
        Output = Output(assistant.Member("response_format")),
        Temperature = assistant.Decimal("temperature"),
        TopP = assistant.Decimal("top_p"),
        ReasoningEffort = assistant.Text("reasoning_effort"),
        StoreMetadata = assistant.Pairs("metadata"),
        CreatedAt = assistant.Time("created_at"),
    };

    public static bool Has(JsonElement assistant, string tool) => Tool(assistant, tool) is not null;

    public static JsonElement? Tool(JsonElement assistant, string type) =>
        assistant.Items("tools").Where(tool => tool.Text("type") == type).Select(tool => (JsonElement?)tool)
            .FirstOrDefault();

    public static IReadOnlyList<string>? CodeFiles(JsonElement assistant) =>
        Ids(assistant, "code_interpreter", "file_ids");

    public static IReadOnlyList<string>? VectorStores(JsonElement assistant) =>
        Ids(assistant, "file_search", "vector_store_ids");

    public static List<FunctionTool> Functions(JsonElement assistant) =>
    [
        .. from tool in assistant.Items("tools")
           let function = tool.Member("function")
           where function is not null
           select new FunctionTool
           {
               Name = function.Value.Text("name") ?? "",
               Description = function.Value.Text("description"),
               Parameters = function.Value.Member("parameters"),
               Strict = function.Value.Truth("strict"),
           },
    ];

    /// <summary>Null for text; an assistant without the setting has <c>auto</c>.</summary>
    public static OutputFormat? Output(JsonElement? format) => format?.Text("type") switch
    {
        "json_object" => new() { Type = OutputType.JsonObject },
        "json_schema" when format.Value.Member("json_schema") is { } schema => new()
        {
            Type = OutputType.JsonSchema,
            Name = schema.Text("name"),
            Schema = schema.Member("schema"),
            Description = schema.Text("description"),
            Strict = schema.Truth("strict"),
        },
        _ => null,
    };

    static List<string>? Ids(JsonElement assistant, string tool, string member) =>
        assistant.Member("tool_resources")?.Member(tool)?.Items(member).Select(id => id.ToString())
            .ToList() is { Count: > 0 } ids ? ids : null;
}
