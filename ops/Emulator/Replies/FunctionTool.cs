namespace OpenAIWorker.Emulator.Replies;

sealed record FunctionTool(string Name, JsonElement? Parameters)
{
    /// <summary>Reads both forms: Responses is flat, Chat Completions wraps the function.</summary>
    public static FunctionTool? Of(JsonElement tool)
    {
        var function = tool.Member("function") ?? tool;
        return tool.Is("type", "function") ? new(function.Text("name")!, function.Member("parameters")) : null;
    }

    /// <summary>
    /// The functions to call. The one that tool_choice names; or the first one if a call is required; or, with auto,
    /// those named in the last message of the user or a tool. All are called at once, unless parallel_tool_calls
    /// forbids it.
    /// </summary>
    public static IReadOnlyList<FunctionTool> Pick(JsonElement body, string lastSaid)
    {
        var functions = body.Items("tools").Select(Of).OfType<FunctionTool>();
        var chosen = body.Member("tool_choice") switch
        {
            { ValueKind: JsonValueKind.Object } named => functions.Where(function => function.Name == NameIn(named)),
            { } word when word.ValueEquals("required") => functions.Take(1),
            { } word when word.ValueEquals("none") => [],
            _ => functions.Where(function => lastSaid.Contains(function.Name, StringComparison.OrdinalIgnoreCase)),
        };
        return [.. body.Member("parallel_tool_calls") is { ValueKind: JsonValueKind.False } ? chosen.Take(1) : chosen];
    }

    static string? NameIn(JsonElement choice) => (choice.Member("function") ?? choice).Text("name");
}
