namespace OpenAIWorker.Emulator.Replies;

/// <summary>Text, any JSON object, or JSON that fits a schema.</summary>
sealed record ReplyFormat(bool IsJson, JsonElement? Schema = null)
{
    public static readonly ReplyFormat Text = new(IsJson: false);

    /// <summary>
    /// Reads both forms: Responses has the schema beside the type, Chat Completions one level deeper.
    /// </summary>
    public static ReplyFormat Of(JsonElement? format) => format?.Text("type") switch
    {
        "json_object" => new(IsJson: true),
        "json_schema" => new(IsJson: true, (format.Value.Member("json_schema") ?? format).Value.Member("schema")),
        _ => Text,
    };
}
