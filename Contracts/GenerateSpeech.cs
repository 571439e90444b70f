using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>Read a text aloud: <c>POST /audio/speech</c>. Ends as <see cref="SpeechGenerated"/>.</summary>
public sealed record GenerateSpeech : JobRequest
{
    /// <summary>The model. It has no default, because providers retire models.</summary>
    [Needed]
    public string? Model { get; init; }

    /// <summary>The text to read, 1 to 4,096 characters.</summary>
    [Needed(MayBeBlank = true), StringLength(4096, MinimumLength = 1)]
    public string? Text { get; init; }

    /// <summary>Who reads, such as <c>alloy</c>.</summary>
    [Needed]
    public string? Voice { get; init; }

    /// <summary>
    /// How to read it, such as <c>slowly, in a low voice</c>. Up to 4,096 characters; omitted: the voice's own style.
    /// </summary>
    [StringLength(4096)]
    public string? Instructions { get; init; }

    /// <summary>
    /// <c>mp3</c>, <c>opus</c>, <c>aac</c>, <c>flac</c>, <c>wav</c> or <c>pcm</c>. Omitted: <c>mp3</c>.
    /// </summary>
    [AllowedValues(null, "mp3", "opus", "aac", "flac", "wav", "pcm")]
    public string? ResponseFormat { get; init; }

    /// <summary>0.25 to 4, higher is faster. Omitted: the API's default, 1.</summary>
    [Range(0.25, 4.0)]
    public double? Speed { get; init; }
}

/// <summary>The result of <see cref="GenerateSpeech"/>.</summary>
public sealed record SpeechGenerated : OperationResult
{
    /// <summary>The sound.</summary>
    public BinaryOutput? Audio { get; init; }
}
