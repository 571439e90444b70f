using System.Text.Json;
using OpenAIWorker.Json;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>
/// What one message of a response says. A model may say on the way what it is about to do, which is no part of its
/// answer.
/// </summary>
sealed class ResponseWords(JsonElement message)
{
    readonly List<string> texts = [];

    public bool HasSome => texts.Count > 0;

    string Text => string.Concat(texts);

    bool IsCommentary => message.Text("phase") == "commentary";

    public void Add(string text) => texts.Add(text);

    /// <summary>
    /// The text of the answer, and the messages that are none of it. Where all are said on the way, they are the
    /// answer.
    /// </summary>
    public static (string? Text, IEnumerable<JsonElement> Asides) Told(IReadOnlyList<ResponseWords> all,
        bool asksForJson)
    {
        var said = all.Any(one => !one.IsCommentary) ? all.Where(one => !one.IsCommentary).ToList() : [.. all];
        // Words before a search are not marked, and spoil the JSON after it.
        if (asksForJson && said.Count > 1 && JsonInText.Find(Joined(said)!) is null
            && said.FindLast(one => JsonInText.Find(one.Text) is not null) is { } json)
            said = [json];
        return (Joined(said), all.Except(said).Select(one => one.Message));
    }

    JsonElement Message => message;

    static string? Joined(List<ResponseWords> words) =>
        words.Count == 0 ? null : string.Concat(words.Select(one => one.Text));
}
