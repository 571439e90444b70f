using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Tests.Document;

/// <summary>
/// A form as equivalent JSON: a file is a text, and numbers and Booleans have the types of the document.
/// </summary>
static class FormReading
{
    public static JsonElement Read(OpenAIDocument document, string schema, JsonElement form) =>
        JsonSerializer.SerializeToElement(
            Read(document, document.Definition(schema), JsonNode.Parse(form.GetRawText())));

    static JsonNode? Read(OpenAIDocument document, JsonNode? schema, JsonNode? value) => value switch
    {
        JsonObject file when file["sha256"] is not null => JsonValue.Create("bytes"),
        JsonObject fields =>
            new JsonObject(fields.Select(field =>
                KeyValuePair.Create(field.Key, Read(document, Member(document, schema, field.Key), field.Value)))),
        JsonArray items =>
            new JsonArray([.. items.Select(item =>
                Read(document, Alternatives(document, schema).FirstOrDefault(one => one["items"] is not null)?["items"],
                    item))]),
        JsonValue text => Meant(document, schema, text.GetValue<string>()),
        _ => null,
    };

    static JsonNode? Member(OpenAIDocument document, JsonNode? schema, string name) =>
        Alternatives(document, schema).Select(one => one["properties"]?[name])
            .FirstOrDefault(member => member is not null);

    static JsonNode? Meant(OpenAIDocument document, JsonNode? schema, string text)
    {
        var types = Alternatives(document, schema).Select(one => one["type"]?.ToString()).ToHashSet();
        if (types.Contains("string"))
            return JsonValue.Create(text);
        if (types.Contains("boolean") && bool.TryParse(text, out var truth))
            return JsonValue.Create(truth);
        return double.TryParse(text, CultureInfo.InvariantCulture, out _)
            && (types.Contains("number") || types.Contains("integer")) ? JsonNode.Parse(text) : JsonValue.Create(text);
    }

    static IEnumerable<JsonNode> Alternatives(OpenAIDocument document, JsonNode? schema)
    {
        if (document.Definition(schema) is not { } one)
            return [];
        var inner = new[] { "anyOf", "allOf" }.SelectMany(word => one[word]?.AsArray() ?? [])
            .SelectMany(alternative => Alternatives(document, alternative));
        return inner.Prepend(one);
    }
}
