using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Audio;

/// <summary>A transcript.</summary>
/// <param name="Text">The text.</param>
/// <param name="Json">The whole answer, if it is JSON.</param>
/// <param name="RequestId">The provider's id of the request.</param>
sealed partial record Transcript(string Text, JsonElement? Json, string? RequestId)
{
    public string? Language => Body.Text("language");

    public double? DurationSeconds => Body.Decimal("duration");

    public Usage? Usage => Body.Usage();

    public IReadOnlyList<AudioSegment>? Segments => Each("segments", segment => new AudioSegment
    {
        StartSeconds = segment.Decimal("start") ?? Edge(segment, 0) ?? 0,
        EndSeconds = segment.Decimal("end") ?? Edge(segment, 1) ?? 0,
        Text = segment.Text("text") ?? "",
        Speaker = segment.Text("speaker")
            ?? (segment.Member("speaker") is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : null),
    });

    // Some servers put the words into their segments.
    public IReadOnlyList<AudioWord>? Words => Each("words", Word)
        ?? (Body.Items("segments").Any(segment => segment.Member("words") is not null)
            ? [.. Body.Items("segments").SelectMany(segment => segment.Items("words")).Select(Word)]
            : null);

    static AudioWord Word(JsonElement word) => new()
    {
        StartSeconds = word.Decimal("start") ?? Edge(word, 0) ?? 0,
        EndSeconds = word.Decimal("end") ?? Edge(word, 1) ?? 0,
        Text = word.Text("word") ?? word.Text("text") ?? "",
    };

    // "timestamp": [0, 1.5]
    static double? Edge(JsonElement piece, int index) =>
        piece.Items("timestamp").Skip(index).FirstOrDefault() is { ValueKind: JsonValueKind.Number } number
        && double.IsFinite(number.GetDouble()) ? number.GetDouble() : null;

    /// <summary>
    /// A transcript or subtitles. Servers name them differently, wrap them in JSON, or do not know the requested
    /// format; a web page or an error is not a transcript.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="body">Its body.</param>
    /// <param name="isText">Whether a text was requested, not JSON.</param>
    public static Transcript Of(StreamedResponse answer, ReadOnlyMemory<byte> body, bool isText)
    {
        var text = Encoding.UTF8.GetString(body.Span).TrimStart('\uFEFF');
        if (!IsSubtitles(text) && (UselessAnswer.IsPage(answer.MediaType, text)
            || UselessAnswer.IsEvents(answer.MediaType, text)))
            throw answer.Useless(body, "a body that is not a transcript");
        if ((isText ? !answer.IsJson : answer.IsText && text.Length > 0) && !text.AsSpan().TrimStart().StartsWith("{"))
            return new(text, null, answer.RequestId);
        // A body that claims to be JSON and is not, is a transcript with a wrong type.
        if (isText && LenientJson.Parse(body.Span) is null)
            return new(text, null, answer.RequestId);
        if (LenientJson.IsSeveral(body.Span))
            throw answer.Useless(body, "several transcripts that follow each other");
        var json = Envelope.Opened(answer.AnyJson(body));
        return Said(json) is { } said
            ? new(said, json, answer.RequestId)
            : throw answer.Useless(body, "JSON that has no text", json);
    }

    static bool IsSubtitles(string text) =>
        text.TrimStart().StartsWith("WEBVTT", StringComparison.Ordinal) || Cue().IsMatch(text);

    static string? Said(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString()
        : json.Text("text") ?? json.Text("transcript") ?? json.Text("transcription") ?? Pieces(json);

    // If only the segments have the text.
    static string? Pieces(JsonElement json)
    {
        var pieces = json.Items("segments").Select(segment => segment.Text("text")).OfType<string>().ToList();
        return pieces.Count == 0 ? null : string.Concat(pieces).Trim();
    }

    JsonElement Body => Json ?? default;

    List<T>? Each<T>(string name, Func<JsonElement, T> read) => Body.Member(name) is null
        ? null
        : [.. Body.Items(name).Where(item => item.ValueKind == JsonValueKind.Object).Select(read)];

    // 00:00:01,000 --> 00:00:02,000
    [GeneratedRegex(@"^\s*(\d+\s+)?\d\d:\d\d[:.,]\d{2,3}([.,]\d{3})? --> \d")]
    private static partial Regex Cue();
}
