using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Translate a recording into English text: <c>POST /audio/translations</c>. Ends as <see cref="AudioTranslated"/>.
/// </summary>
public sealed record TranslateAudio : JobRequest
{
    /// <summary>The recording, up to 25 MiB. The extension of its name tells the API the format.</summary>
    [Needed]
    public BinaryInput? Audio { get; init; }

    /// <summary>The model. It has no default, because providers retire models.</summary>
    [Needed]
    public string? Model { get; init; }

    /// <summary>Words that may occur, or the text before the recording, in English. Omitted: none.</summary>
    public string? Prompt { get; init; }

    /// <summary>
    /// <c>json</c>, <c>text</c>, <c>srt</c>, <c>vtt</c> or <c>verbose_json</c> (duration, segments). Omitted: the API's
    /// default, <c>json</c>.
    /// </summary>
    [AllowedValues(null, "json", "text", "srt", "vtt", "verbose_json")]
    public string? ResponseFormat { get; init; }

    /// <summary>0 to 1, higher is more varied. Omitted: the API's default, 0.</summary>
    [Range(0.0, 1.0)]
    public double? Temperature { get; init; }

    /// <summary>
    /// True: the text and its parts as members of the result. False: the API's unchanged answer in <c>raw</c>, if it is
    /// JSON. Omitted: true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="TranslateAudio"/>.</summary>
public sealed record AudioTranslated : OperationResult
{
    /// <summary>The text in English; with the formats <c>srt</c> and <c>vtt</c> the subtitles.</summary>
    public string? Text { get; init; }

    /// <summary>The language of <see cref="Text"/>, as the API names it: <c>english</c>.</summary>
    public string? Language { get; init; }

    /// <summary>How long the recording is, in seconds.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The recording piece by piece.</summary>
    public IReadOnlyList<AudioSegment>? Segments { get; init; }
}
