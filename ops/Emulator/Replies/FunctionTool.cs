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
    /// The function to call: the one that tool_choice names, the first one where a call is required, and with auto the one
    /// whose name the user says. Auto stops at a tool's result, or no tool loop would end.
    /// </summary>
    public static FunctionTool? Pick(JsonElement body, string text, bool hasResult)
    {
        var functions = body.Items("tools").Select(Of).OfType<FunctionTool>();
        var choice = body.Member("tool_choice");
        return choice switch
        {
            { ValueKind: JsonValueKind.Object } named => functions.FirstOrDefault(function => function.Name == NameIn(named)),
            { } word when word.ValueEquals("required") => functions.FirstOrDefault(),
            { } word when word.ValueEquals("none") => null,
            _ when hasResult => null,
            _ => functions.FirstOrDefault(function => text.Contains(function.Name, StringComparison.OrdinalIgnoreCase)),
        };
    }

    static string? NameIn(JsonElement choice) => (choice.Member("function") ?? choice).Text("name");
}
