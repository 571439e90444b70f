namespace OpenAIWorker.Emulator.Replies;

/// <summary>The parts of a JSON schema that determine the kind of the value.</summary>
static class SchemaReading
{
    /// <summary>
    /// The named type, or the one that the other members imply. Of several types, the first that is not null.
    /// </summary>
    public static string? Type(this JsonElement schema) => schema.Member("type") switch
    {
        { ValueKind: JsonValueKind.String } one => one.GetString(),
        { ValueKind: JsonValueKind.Array } many =>
            many.EnumerateArray().Select(type => type.GetString()).FirstOrDefault(type => type != "null"),
        _ when schema.Member("properties") is not null => "object",
        _ when schema.Member("items") is not null => "array",
        _ => null,
    };

    public static JsonElement? First(this JsonElement schema, string name) =>
        schema.Items(name).Cast<JsonElement?>().FirstOrDefault();

    /// <summary>
    /// Follows <c>#</c> and <c>#/$defs/name</c>. Like OpenAI, it does not follow references to other documents.
    /// </summary>
    public static JsonElement? Reference(this JsonElement schema, JsonElement root)
    {
        if (schema.Text("$ref") is not ['#', ..] reference)
        {
            return null;
        }

        JsonElement? target = root;
        foreach (var step in reference.Split('/').Skip(1))
        {
            target = target?.Member(step);
        }

        return target;
    }
}
