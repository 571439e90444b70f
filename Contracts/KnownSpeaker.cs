namespace OpenAIWorker.Contracts;

/// <summary>Somebody whose voice is known.</summary>
public sealed record KnownSpeaker
{
    /// <summary>The speaker's name in the answer.</summary>
    [Needed]
    public required string Name { get; init; }

    /// <summary>2 to 10 seconds of the voice.</summary>
    public BinaryInput? Sample { get; init; }
}
