using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Operations.Text.Functions;

static class ToolCalls
{
    const string None = "{}";

    /// <summary>
    /// Whether a call of Chat Completions is a function call. Some servers write its members directly where others have
    /// an object.
    /// </summary>
    public static bool IsFunction(JsonElement call) => call.Member("function") is { ValueKind: JsonValueKind.Object }
        || call.Text("name") is not null
            && call.Text("type") is null or "function" or "tool_use" or "tool_call" or "function_call";

    /// <summary>
    /// A function call. Servers write the arguments as a text or as an object, and some give no id, which the answer
    /// needs.
    /// </summary>
    /// <param name="call">The call; the function is inside it, or is the call itself.</param>
    /// <param name="index">Its position among the calls.</param>
    public static ToolCall Of(JsonElement call, int index)
    {
        var function = call.Member("function") is { ValueKind: JsonValueKind.Object } inside ? inside : call;
        return new()
        {
            Id = IdOf(call, "call_id") ?? IdOf(call, "id") ?? $"call_{index}",
            Name = function.Text("name") ?? "",
            Namespace = call.Text("namespace") ?? function.Text("namespace"),
            Arguments = ArgumentsOf(function),
        };
    }

    /// <summary>The arguments of a call, as JSON text.</summary>
    public static string ArgumentsOf(JsonElement call) =>
        (call.Member("arguments") ?? call.Member("input") ?? call.Member("parameters")) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } written ? written : None,
            { } tree => tree.GetRawText(),
            null => None,
        };

    static string? IdOf(JsonElement call, string name) => call.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } id ? id : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}
