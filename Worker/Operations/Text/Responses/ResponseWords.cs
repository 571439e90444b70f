using System.Text.Json;
using OpenAIWorker.Json;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>
/// The text of one message of a response. A model may first say what it is about to do; this is not part of its answer.
/// </summary>
sealed class ResponseWords(JsonElement message)
{
    readonly List<string> texts = [];

    public bool HasSome => texts.Count > 0;

    string Text => string.Concat(texts);

    bool IsCommentary => message.Text("phase") == "commentary";

    public void Add(string text) => texts.Add(text);

    /// <summary>
    /// The text of the answer, and the other messages. If all are marked as commentary, they are the answer.
    /// </summary>
    public static (string? Text, IEnumerable<JsonElement> Asides) Told(IReadOnlyList<ResponseWords> all,
        bool asksForJson)
    {
        if (all is [var only])
            return (only.Text, []);
        var said = all.Any(one => !one.IsCommentary) ? all.Where(one => !one.IsCommentary).ToList() : [.. all];
        // Text before a search is not marked, and would make the JSON after it invalid.
        if (asksForJson && said.Count > 1 && JsonInText.Find(Joined(said)!) is null
            && said.FindLast(one => JsonInText.Find(one.Text) is not null) is { } json)
            said = [json];
        return (Joined(said), all.Except(said).Select(one => one.Message));
    }

    JsonElement Message => message;

    static string? Joined(List<ResponseWords> words) =>
        words.Count == 0 ? null : string.Concat(words.Select(one => one.Text));
}
