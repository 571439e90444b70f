namespace OpenAIWorker.Emulator.Shapes;

/// <summary>
/// What a JSON value must look like. Requests are tables of shapes, and <see cref="Check"/> is the only validator.
/// </summary>
abstract class Shape
{
    /// <summary>How OpenAI names the expected type, such as "an array of strings".</summary>
    public abstract string Noun { get; }

    public abstract bool Takes(JsonValueKind kind);

    public Refusal? Check(JsonElement value) => Takes(value.ValueKind)
        ? CheckContent(value)
        : WrongType(value);

    protected abstract Refusal? CheckContent(JsonElement value);

    protected Refusal WrongType(JsonElement value) =>
        new("invalid_type", $"Invalid type for '{{path}}': expected {Noun}, but got {Found(value)} instead.");

    static string Found(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "an integer" : "a decimal",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => "null",
    };
}
