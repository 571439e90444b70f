using OpenAIWorker.Contracts;

namespace OpenAIWorker.Limits.Estimates;

/// <summary>The tokens that a request is charged on admission.</summary>
/// <param name="Input">Its input, as far as it can be estimated.</param>
/// <param name="Output">The largest output that it allows.</param>
readonly record struct TokenEstimate(double Input, double Output)
{
    // The tokens around a message.
    const int Message = 4;

    // More than any model reads or writes at once.
    const double Most = 10_000_000;

    /// <summary>Whether it counts bytes, not tokens.</summary>
    public bool IsRough { get; init; }

    /// <summary>
    /// The estimate of an unchecked request, which may have null entries and negative or huge numbers. Such a number in
    /// a limit's budget would stop all jobs of a model, or let all of them through.
    /// </summary>
    public static TokenEstimate Of(JobRequest request) => Of(request, Tokens.In);

    /// <summary>The same by bytes, which takes hardly any time: enough if a limit is far.</summary>
    public static TokenEstimate Roughly(JobRequest request) => Of(request, Tokens.RoughlyIn) with { IsRough = true };

    static TokenEstimate Of(JobRequest request, Func<string?, double> count)
    {
        var (input, output) = Said(request, count);
        return new(Sound(input), Sound(output));
    }

    static double Sound(double tokens) => tokens > 0 ? Math.Min(tokens, Most) : 0;

    static TokenEstimate Said(JobRequest request, Func<string?, double> count) => request switch
    {
        MessageModel message =>
            new(Read(message, count), (message.MaxTokens ?? 0) * (double)(message.Completions ?? 1)),
        ClassifyText classify => new(count(classify.Text) + (classify.Texts ?? []).Sum(count), 0),
        AnalyzeImage analyze =>
            new(count(analyze.Text) + (analyze.Images ?? []).Sum(ImageTokens.Of), analyze.MaxTokens ?? 300),
        CreateEmbeddings embed => new(count(embed.Text) + (embed.Texts ?? []).Sum(count), 0),
        GenerateImage image => new(count(image.Prompt), ImageTokens.Out(image.Size, image.Quality, image.Count)),
        EditImage edit =>
            new(count(edit.Prompt) + (edit.Images?.Count ?? 0) * ImageTokens.In,
                ImageTokens.Out(edit.Size, edit.Quality, edit.Count)),
        GenerateSpeech speech => new(count(speech.Text), 0),
        TranscribeAudio transcribe => new(AudioTokens.In(transcribe.Audio), 0),
        TranslateAudio translate => new(AudioTokens.In(translate.Audio), 0),
        CallApi call => BodyTokens.In(call.Body, count),
        _ => default,
    };

    static double Read(MessageModel request, Func<string?, double> count) =>
        count(request.Instructions) + (request.Messages ?? [])
            .Sum(message => Message + count(message?.Text) + (message?.Images ?? []).Sum(ImageTokens.Of));
}
