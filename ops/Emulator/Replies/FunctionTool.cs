namespace OpenAIWorker.Emulator.Replies;

sealed record FunctionTool(string Name, JsonElement? Parameters)
{
    /// <summary>Reads both spellings: Responses is flat, chat wraps the function.</summary>
    public static FunctionTool? Of(JsonElement tool)
    {
        var function = tool.Member("function") ?? tool;
        return tool.Is("type", "function") ? new(function.Text("name")!, function.Member("parameters")) : null;
    }

    /// <summary>
    /// The functions to call: the one that tool_choice names, the first one where a call is required, and with auto
    /// those whose names were said last, by the user or by a tool's result; all at once, unless parallel_tool_calls
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
