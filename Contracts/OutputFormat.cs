using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenAIWorker.Contracts;

/// <summary>The format of an answer.</summary>
public sealed record OutputFormat
{
    /// <summary>Text, a JSON object, or JSON that follows <see cref="Schema"/>.</summary>
    public required OutputType? Type { get; init; }

    /// <summary>The schema's name: 1 to 64 of <c>a-z A-Z 0-9 _ -</c>. Omitted: <c>answer</c>.</summary>
    [RegularExpression("^[a-zA-Z0-9_-]{1,64}$", ErrorMessage = "1 to 64 of a-z A-Z 0-9 _ -")]
    public string? Name { get; init; }

    /// <summary>A JSON Schema. Needed with <see cref="OutputType.JsonSchema"/>.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>The purpose of the schema, described for the model.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the model must follow the schema to the letter. Omitted: the API's default.</summary>
    public bool? Strict { get; init; }
}

/// <summary>The kinds of output. On the wire in camelCase.</summary>
[JsonConverter(typeof(CamelCaseConverter<OutputType>))]
public enum OutputType
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>Any JSON object.</summary>
    JsonObject,

    /// <summary>JSON that follows a schema.</summary>
    JsonSchema,
}
