namespace OpenAIWorker.Emulator.Replies;

/// <summary>Collects the texts and counts of a request, message by message.</summary>
sealed class PromptReader
{
    long characters;
    string text = "";
    string? toolResult;
    int images;

    public void Hear(string? said) => characters += said?.Length ?? 0;

    public void HearUser(JsonElement? content)
    {
        text = Read(content);
        toolResult = null;
    }

    public void HearTool(JsonElement? content) =>
        toolResult = toolResult is null ? Read(content) : $"{toolResult} {Read(content)}";

    public void HearOther(JsonElement? content) => Read(content);

    public Prompt Finish() => new()
    {
        Text = text,
        ToolResult = toolResult,
        Images = images,
        Tokens = Tokens.In(characters) + (images * Tokens.PerImage),
    };

    /// <summary>Content is a string, or parts with text, images and files. Only the characters of text count.</summary>
    string Read(JsonElement? content)
    {
        var said = content switch
        {
            { ValueKind: JsonValueKind.String } whole => whole.GetString()!,
            { ValueKind: JsonValueKind.Array } parts =>
                string.Join(' ', parts.EnumerateArray().Select(ReadPart).Where(part => part is not "")),
            _ => "",
        };
        Hear(said);
        return said;
    }

    string ReadPart(JsonElement part)
    {
        if (part.Text("type") is "image_url" or "input_image")
        {
            images++;
        }

        return part.Text("text") ?? "";
    }
}
