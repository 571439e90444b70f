namespace OpenAIWorker.Emulator.Requests;

/// <summary>OpenAI refuses json_object unless a message mentions JSON: otherwise the model may never stop.</summary>
static class JsonWord
{
    public static bool IsIn(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.String => Says(input.GetString()),
        JsonValueKind.Array => input.EnumerateArray().Any(IsIn),
        _ => Says(input.Text("text")) || (input.Member("content") is { } content && IsIn(content)),
    };

    static bool Says(string? text) => text?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
}
