using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Transcribe a recording: <c>POST /audio/transcriptions</c>. Ends as <see cref="AudioTranscribed"/>.
/// </summary>
public sealed record TranscribeAudio : JobRequest
{
    /// <summary>The recording, up to 25 MiB. The extension of its name tells the API the format.</summary>
    [Needed]
    public BinaryInput? Audio { get; init; }

    /// <summary>The model. It has no default, because providers retire models.</summary>
    [Needed]
    public string? Model { get; init; }

    /// <summary>
    /// The spoken language, as ISO 639-1 or a language tag, such as <c>fi</c> or <c>zh-CN</c>. Omitted: the model
    /// detects it.
    /// </summary>
    [RegularExpression("^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$",
        ErrorMessage = "codes of ISO 639-1 and language tags, such as fi and zh-CN")]
    public string? Language { get; init; }

    /// <summary>The spoken languages, if there are several. Never with <see cref="Language"/>.</summary>
    [Length(1, 20), Each(Pattern = "^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$",
        Words = "codes of ISO 639-1 and language tags, such as fi and zh-CN")]
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Names and terms that may occur. Omitted: none.</summary>
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>Known voices, up to 4, for <c>diarized_json</c>. Omitted: speakers are A, B and so on.</summary>
    [Length(1, 4)]
    public IReadOnlyList<KnownSpeaker>? KnownSpeakers { get; init; }

    /// <summary>
    /// How the recording is divided: <c>auto</c>, or an object as the API accepts it, such as <c>{"type": "server_vad",
    /// "threshold": 0.5}</c>. Omitted: the API's default, not divided.
    /// </summary>
    public JsonElement? ChunkingStrategy { get; init; }

    /// <summary>
    /// True: log probabilities of the tokens come with the answer. With <see cref="ResponseFormat"/> <c>json</c> only.
    /// </summary>
    public bool? Logprobs { get; init; }

    /// <summary>Words that may occur, or the text before the recording, in its language. Omitted: none.</summary>
    public string? Prompt { get; init; }

    /// <summary>
    /// <c>json</c>, <c>text</c>, <c>srt</c>, <c>vtt</c>, <c>verbose_json</c> (language, duration, segments) or
    /// <c>diarized_json</c> (who speaks). Omitted: the API's default, <c>json</c>.
    /// </summary>
    [AllowedValues(null, "json", "text", "srt", "vtt", "verbose_json", "diarized_json")]
    public string? ResponseFormat { get; init; }

    /// <summary>
    /// <c>word</c>, <c>segment</c> or both. Needs <see cref="ResponseFormat"/> <c>verbose_json</c>. Omitted: the API's
    /// default, <c>segment</c>.
    /// </summary>
    [Each(Values = ["word", "segment"])]
    public IReadOnlyList<string>? Timestamps { get; init; }

    /// <summary>0 to 1, higher is more varied. Omitted: the API's default, 0.</summary>
    [Range(0.0, 1.0)]
    public double? Temperature { get; init; }

    /// <summary>
    /// True: the text and its parts as members of the result. False: the API's unchanged answer in <c>raw</c>, if it is
    /// JSON. Omitted: true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="TranscribeAudio"/>.</summary>
public sealed record AudioTranscribed : OperationResult
{
    /// <summary>The text; with the formats <c>srt</c> and <c>vtt</c> the subtitles.</summary>
    public string? Text { get; init; }

    /// <summary>The language that was found, as the API names it, such as <c>finnish</c>.</summary>
    public string? Language { get; init; }

    /// <summary>How long the recording is, in seconds.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The recording piece by piece.</summary>
    public IReadOnlyList<AudioSegment>? Segments { get; init; }

    /// <summary>The recording word by word.</summary>
    public IReadOnlyList<AudioWord>? Words { get; init; }

    /// <summary>
    /// Log probabilities of the tokens, as the API returns them, if <see cref="TranscribeAudio.Logprobs"/> asked for
    /// them.
    /// </summary>
    public JsonElement? Logprobs { get; init; }

    /// <summary>Who speaks, in the order of their first words.</summary>
    public IReadOnlyList<string>? Speakers { get; init; }
}

/// <summary>A piece of a recording.</summary>
public sealed record AudioSegment
{
    /// <summary>Where it begins, in seconds.</summary>
    public double StartSeconds { get; init; }

    /// <summary>Where it ends, in seconds.</summary>
    public double EndSeconds { get; init; }

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Who says it, such as <c>A</c>.</summary>
    public string? Speaker { get; init; }
}

/// <summary>A word of a recording.</summary>
public sealed record AudioWord
{
    /// <summary>Where it begins, in seconds.</summary>
    public double StartSeconds { get; init; }

    /// <summary>Where it ends, in seconds.</summary>
    public double EndSeconds { get; init; }

    /// <summary>The word.</summary>
    public string Text { get; init; } = "";
}
