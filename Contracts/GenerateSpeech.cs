namespace OpenAIWorker.Contracts;

/// <summary>Have a text read out: <c>POST /audio/speech</c>. Ends as <see cref="SpeechGenerated"/>.</summary>
public sealed record GenerateSpeech : JobRequest
{
    /// <summary>The model. There is no default: models retire.</summary>
    public string? Model { get; init; }

    /// <summary>What is read out, 1 to 4,096 characters.</summary>
    public string? Text { get; init; }

    /// <summary>Who reads, such as <c>alloy</c>.</summary>
    public string? Voice { get; init; }

    /// <summary>How it is to be read, such as <c>slowly, in a low voice</c>. Up to 4,096 characters; omitted: the voice's own way.</summary>
    public string? Instructions { get; init; }

    /// <summary><c>mp3</c>, <c>opus</c>, <c>aac</c>, <c>flac</c>, <c>wav</c> or <c>pcm</c>. Omitted: <c>mp3</c>.</summary>
    public string? ResponseFormat { get; init; }

    /// <summary>0.25 to 4, higher is faster. Omitted: the API's default, 1.</summary>
    public double? Speed { get; init; }
}

/// <summary>The result of <see cref="GenerateSpeech"/>.</summary>
public sealed record SpeechGenerated : OperationResult
{
    /// <summary>The sound.</summary>
    public BinaryOutput? Audio { get; init; }
}
