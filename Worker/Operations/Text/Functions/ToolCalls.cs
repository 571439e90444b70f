using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Operations.Text.Functions;

static class ToolCalls
{
    const string None = "{}";

    /// <summary>A function's call. Servers write the arguments as a text or as the object itself, and some give no id, without which no answer finds it.</summary>
    public static ToolCall Of(string? id, int index, JsonElement function) => new()
    {
        Id = id is { Length: > 0 } ? id : $"call_{index}",
        Name = function.Text("name") ?? "",
        Namespace = function.Text("namespace"),
        Arguments = ArgumentsOf(function),
    };

    /// <summary>The arguments of a call, as the text of their JSON.</summary>
    public static string ArgumentsOf(JsonElement call) => call.Member("arguments") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } written ? written : None,
        { } tree => tree.GetRawText(),
        null => None,
    };
}
