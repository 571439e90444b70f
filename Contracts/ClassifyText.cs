namespace OpenAIWorker.Contracts;

/// <summary>
/// Classify text for violations: <c>POST /moderations</c>. Ends as <see cref="TextClassified"/>.
/// At least one of <see cref="Text"/>, <see cref="Texts"/> and <see cref="Images"/>.
/// </summary>
public sealed record ClassifyText : JobRequest
{
    /// <summary>One text.</summary>
    [Needed("texts", "images", "extra.input", MayBeBlank = true)]
    public string? Text { get; init; }

    /// <summary>Several texts, each with a result of its own. Never with <see cref="Images"/>.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>
    /// Images, classified together with <see cref="Text"/> as one input. This API does not accept <c>detail</c> and
    /// <c>fileId</c>.
    /// </summary>
    public IReadOnlyList<ImageInput>? Images { get; init; }

    /// <summary>The model. Omitted: the API's default, <c>omni-moderation-latest</c>.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// True: the model <c>text-moderation-stable</c>, for providers that still serve it. Never with
    /// <see cref="Model"/>. Omitted: false.
    /// </summary>
    public bool? UseStableModel { get; init; }

    /// <summary>
    /// True: classifications as members of the result. False: the API's unchanged answer in <c>raw</c>. Omitted: true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="ClassifyText"/>.</summary>
public sealed record TextClassified : OperationResult
{
    /// <summary>Whether any input is flagged.</summary>
    public bool? Flagged { get; init; }

    /// <summary>One verdict per input, in the order of the request.</summary>
    public IReadOnlyList<Classification>? Results { get; init; }
}

/// <summary>The verdict on one input.</summary>
public sealed record Classification
{
    /// <summary>Whether any category is violated.</summary>
    public bool Flagged { get; init; }

    /// <summary>By category, such as <c>harassment/threatening</c>: violated or not.</summary>
    public required IReadOnlyDictionary<string, bool> Categories { get; init; }

    /// <summary>By category: 0 to 1, higher is surer.</summary>
    public required IReadOnlyDictionary<string, double> CategoryScores { get; init; }
}
