using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>What a model would answer: a text, JSON, or calls of functions.</summary>
sealed record Output(string? Text, bool IsCut, string? FunctionName, string? Arguments)
{
    public int Tokens => TokenEstimate.Of(Text ?? Arguments ?? "");

    /// <param name="body">The request.</param>
    /// <param name="messages">Its messages.</param>
    /// <param name="format">The output format, where one is asked for.</param>
    /// <param name="functions">The functions that the model may call, each with name and parameters.</param>
    public static Output To(JsonElement body, JsonElement messages, JsonElement format, IReadOnlyList<JsonElement> functions)
    {
        if (Wanted(body, functions) is { } function)
            return new(null, false, function.GetProperty("name").GetString(), Compact(function.TryGetProperty("parameters", out var parameters) ? SchemaValue.Of(parameters) : null));
        var prompt = Prompt.Of(messages);
        var text = Kind(format) switch
        {
            "json_object" => Compact(new JsonObject { ["answer"] = Sentences.To(prompt) }),
            "json_schema" => Compact(SchemaValue.Of(Schema(format))),
            _ => Sentences.To(prompt),
        };
        var (within, isCut) = Sentences.Within(text, TokenEstimate.Bound(body));
        return new(within, isCut, null, null);
    }

    static string? Kind(JsonElement format) => format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var type) ? type.GetString() : null;

    static JsonElement Schema(JsonElement format) => (format.TryGetProperty("json_schema", out var inner) ? inner : format).GetProperty("schema");

    static string Compact(JsonNode? value) => value?.ToJsonString() ?? "{}";

    // A model calls a function when it must; otherwise this one answers by itself.
    static JsonElement? Wanted(JsonElement body, IReadOnlyList<JsonElement> functions)
    {
        if (functions.Count == 0 || !body.TryGetProperty("tool_choice", out var choice))
            return null;
        if (choice.ValueKind == JsonValueKind.String)
            return choice.GetString() == "required" ? functions[0] : null;
        var name = (choice.TryGetProperty("function", out var inner) ? inner : choice).TryGetProperty("name", out var named) ? named.GetString() : null;
        return functions.Cast<JsonElement?>().FirstOrDefault(function => function!.Value.GetProperty("name").GetString() == name);
    }
}
