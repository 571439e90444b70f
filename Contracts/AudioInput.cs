using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>Sound for a model to hear: exactly one of <see cref="Base64"/> and <see cref="Payload"/>.</summary>
[ExactlyOne("base64", "payload")]
public sealed record AudioInput
{
    /// <summary>The sound's bytes.</summary>
    public string? Base64 { get; init; }

    /// <summary>Sound in the worker's payload store, up to 50 MiB.</summary>
    public PayloadRef? Payload { get; init; }

    /// <summary><c>wav</c> or <c>mp3</c>. Omitted: by the extension of the payload's name, else <c>wav</c>.</summary>
    [AllowedValues(null, "wav", "mp3")]
    public string? Format { get; init; }
}
