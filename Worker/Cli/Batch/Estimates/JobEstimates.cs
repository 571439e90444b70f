using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Json;
using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Cli.Batch.Estimates;

/// <summary>Estimates what jobs will use and cost, before they are sent.</summary>
sealed class JobEstimates(PriceList prices)
{
    const double SecondsInAMinute = 60;

    public JobEstimate Of(JobRequest job)
    {
        var (model, tokens) = (OperationCatalog.For(job.GetType()).ModelOf(job), TokenEstimate.Of(job));
        var untold = UntoldCosts.Of(job);
        var estimate = new JobEstimate(model, TierOf(job)) { IsFree = UntoldCosts.IsFree(job), Untold = untold };
        return job switch
        {
            // The model decides how many tokens a second of sound has, and the bytes do not show the seconds.
            TranscribeAudio or TranslateAudio => estimate,
            GenerateSpeech { Text: { } text } => OfSpeech(estimate, text.Length, (long)tokens.Input),
            GenerateImage image => OfImages(estimate, tokens, image.Count, image.Size ?? image.Quality, 0),
            EditImage edit => OfImages(estimate, tokens, edit.Count, edit.Size ?? edit.Quality,
                (edit.Images?.Count ?? 0) * ImageTokens.In),
            _ => estimate with
            {
                Usage = new() { InputTokens = (long)tokens.Input },
                OutputTokens = tokens.Output > 0 ? (long)tokens.Output : null,
                HasOpenOutput = tokens.Output <= 0 && !estimate.IsFree && model is not null && prices.HasOutput(model)
                    && untold.All(part => part.IsAnswered),
            },
        };
    }

    /// <summary>
    /// The price of what the line shows; null if that has no price. <see cref="JobEstimate.Untold"/> comes on top.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="openOutput">The assumed output tokens of a job that does not limit them.</param>
    public decimal? Price(JobEstimate job, long openOutput)
    {
        if (job.IsFree)
            return 0;
        if (!job.HasPrice)
            return null;
        if (job.Model is null)
            return job.Untold.Count > 0 ? 0 : null;
        if (job.Characters is { } characters)
            return prices.OfCharacters(characters, job.Model)?.Amount;
        if (job.Usage is not { } usage)
            return prices.Has(job.Model) ? 0 : null;
        var used = usage with { OutputTokens = job.OutputTokens ?? (job.HasOpenOutput ? openOutput : 0) };
        return prices.Of(used, job.Tier, job.Model)?.Amount;
    }

    /// <summary>The price of a minute of sound, if the model is billed by duration.</summary>
    public decimal? OfMinute(string? model) => model is null
        ? null
        : prices.Of(new() { AudioSeconds = SecondsInAMinute }, null, model)?.Amount;

    JobEstimate OfSpeech(JobEstimate estimate, int characters, long tokens) =>
        prices.OfCharacters(characters, estimate.Model) is not null
            ? estimate with { Characters = characters, Untold = [] }
            : estimate with { Usage = new() { InputTokens = tokens } };

    // Some models are billed per image, with a price for the usual size and quality; others by tokens.
    JobEstimate OfImages(JobEstimate estimate, TokenEstimate tokens, int? count, string? special, long inImages)
    {
        var pieces = new Usage { Images = count ?? 1 };
        if (prices.Of(pieces, estimate.Tier, estimate.Model) is not null)
            return estimate with { Usage = pieces, Untold = [], HasPrice = special is null };
        return estimate with
        {
            Usage = new() { InputTokens = (long)tokens.Input, InputImageTokens = inImages > 0 ? inImages : null },
            OutputTokens = (long)tokens.Output,
        };
    }

    static string? TierOf(JobRequest job) => job switch
    {
        MessageModel message =>
            message.ServiceTier ?? (message.Extra?.GetValueOrDefault(
                "service_tier") is { ValueKind: JsonValueKind.String } tier ? tier.GetString() : null),
        CallApi call => call.Body?.Text("service_tier"),
        _ => null,
    };
}

/// <param name="Model">The model that the job names.</param>
/// <param name="Tier">The service tier that the job asks for.</param>
sealed record JobEstimate(string? Model, string? Tier)
{
    /// <summary>The usage, as the worker counts it; null if nothing of it is known.</summary>
    public Usage? Usage { get; init; }

    /// <summary>The limit of output tokens; null if the job sets none.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Whether the model answers in tokens that the job does not limit.</summary>
    public bool HasOpenOutput { get; init; }

    /// <summary>The length of a text to read aloud, for a model that is billed by characters.</summary>
    public int? Characters { get; init; }

    /// <summary>Whether the request may have a listed price: a special image size has none.</summary>
    public bool HasPrice { get; init; } = true;

    /// <summary>Whether the operation costs nothing: files, conversations.</summary>
    public bool IsFree { get; init; }

    /// <summary>Other costs that are not known before the call, by kind.</summary>
    public IReadOnlyList<Untold> Untold { get; init; } = [];
}
