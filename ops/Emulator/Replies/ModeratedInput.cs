namespace OpenAIWorker.Emulator.Replies;

sealed record ModeratedInput(string Text, bool HasText, bool HasImage)
{
    public static ModeratedInput Of(JsonElement input)
    {
        if (input.ValueKind == JsonValueKind.String)
        {
            return new(input.GetString()!, HasText: true, HasImage: false);
        }

        var texts = input.EnumerateArray().Select(part => part.Text("text")).OfType<string>().ToList();
        return new(
            string.Join(' ', texts),
            HasText: texts.Count > 0,
            HasImage: input.EnumerateArray().Any(part => part.Is("type", "image_url")));
    }
}
