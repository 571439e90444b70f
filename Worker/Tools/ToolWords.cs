using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Tools;

/// <summary>Messages to the model about functions.</summary>
static class ToolWords
{
    // A longer answer would displace the conversation, and the state that travels from step to step.
    public const int Longest = 65_536;

    // In JSON a character may take six.
    const int LongestError = Longest / 8;

    public static string Of(ToolAnswered answer) => answer switch
    {
        { Error: { } error } => Error(error),
        { Json: { } json } => Bounded(json.GetRawText()),
        { Text: { } text } => Bounded(text),
        _ => Error("The tool returned an empty answer."),
    };

    public static string Bounded(string answer) =>
        answer.Length <= Longest ? answer : Error(TooLong($"{answer.Length} characters"));

    /// <summary>Why the model does not get a function's answer.</summary>
    public static string TooLong(string length) =>
        $"The tool answered {length}; allowed: up to {Longest} characters.";

    /// <summary>An error in JSON, as models expect it.</summary>
    public static string Error(string message)
    {
        var whole = Json(message);
        return whole.Length <= Longest ? whole : Json(Excerpt.Marked(message, LongestError));
    }

    static string Json(string message) => new JsonObject { ["error"] = message }.ToJsonString(Plain);

    static readonly JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
