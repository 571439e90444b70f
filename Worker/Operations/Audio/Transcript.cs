using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Audio;

/// <summary>What a model heard in a recording.</summary>
/// <param name="Text">What was said.</param>
/// <param name="Json">The whole answer, where it is JSON.</param>
/// <param name="RequestId">The provider's id of the request.</param>
sealed record Transcript(string Text, JsonElement? Json, string? RequestId)
{
    public string? Language => Body.Text("language");

    public double? DurationSeconds => Body.Decimal("duration");

    public Usage? Usage => Body.Usage();

    public IReadOnlyList<AudioSegment>? Segments => Each("segments", segment => new AudioSegment
    {
        StartSeconds = segment.Decimal("start") ?? 0,
        EndSeconds = segment.Decimal("end") ?? 0,
        Text = segment.Text("text") ?? "",
        Speaker = segment.Text("speaker") ?? (segment.Member("speaker") is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : null),
    });

    // Some servers put the words into their segments.
    public IReadOnlyList<AudioWord>? Words => Each("words", Word)
        ?? (Body.Items("segments").Any(segment => segment.Member("words") is not null) ? [.. Body.Items("segments").SelectMany(segment => segment.Items("words")).Select(Word)] : null);

    static AudioWord Word(JsonElement word) => new()
    {
        StartSeconds = word.Decimal("start") ?? 0,
        EndSeconds = word.Decimal("end") ?? 0,
        Text = word.Text("word") ?? word.Text("text") ?? "",
    };

    public static Transcript InJson(Answer answer) => answer.Body.Text("text") is { } text
        ? new(text, answer.Body, answer.RequestId)
        : throw new FailureException(Failure.Broken("The provider's answer has no text.") with { Status = answer.Status, RequestId = answer.RequestId });

    /// <summary>
    /// A transcript or subtitles. Servers call them what they like, wrap them in JSON, or do not know the format that was asked for; a page or an
    /// error in their place is none.
    /// </summary>
    public static Transcript InText(StreamedResponse answer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (UselessAnswer.IsPage(answer.MediaType, text) || UselessAnswer.IsEvents(answer.MediaType, text))
            throw answer.Useless(bytes, "a body that is no transcript");
        if (!answer.IsJson && !text.AsSpan().TrimStart().StartsWith("{"))
            return new(text, null, answer.RequestId);
        // What says that it is JSON and is not, is a transcript under a wrong name.
        if (LenientJson.Parse(bytes) is not { } json)
            return new(text, null, answer.RequestId);
        answer.Refuse(json);
        return (json.ValueKind == JsonValueKind.String ? json.GetString() : json.Text("text")) is { } said
            ? new(said, json, answer.RequestId)
            : throw answer.Useless(bytes, "JSON that has no text");
    }

    JsonElement Body => Json ?? default;

    List<T>? Each<T>(string name, Func<JsonElement, T> read) => Body.Member(name) is null ? null : [.. Body.Items(name).Select(read)];
}
