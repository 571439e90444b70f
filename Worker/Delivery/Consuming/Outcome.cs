using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Jobs;
using OpenAIWorker.Limits;
using OpenAIWorker.Operations;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>The outcome of a call: a result, a failure, or an intermediate step.</summary>
/// <param name="Result">The result.</param>
/// <param name="Failure">The failure.</param>
/// <param name="Calls">The usage that the provider reported, call by call, also if the call failed.</param>
/// <param name="Started">When it began.</param>
/// <param name="Duration">How long it took.</param>
sealed record Outcome(OperationResult? Result, Failure? Failure, IReadOnlyList<BilledCall> Calls,
    DateTimeOffset Started, TimeSpan Duration)
{
    /// <summary>The next step; null if there is none.</summary>
    public Suspension? Suspension { get; init; }

    /// <summary>The job's state now.</summary>
    public JobState? State { get; init; }

    /// <summary>When it began, by <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long Began { get; init; }

    /// <summary>Whether one of its answers proves that the key is valid.</summary>
    public bool ShowsValidKey { get; init; }

    /// <summary>The answer in memory that could not be stored yet; null if there is none.</summary>
    public UnkeptException? Unkept { get; init; }

    /// <summary>The ending that is committed to the records; null if there is none.</summary>
    public ClaimAnswer.Ended? Ending { get; init; }

    /// <summary>The cost; null if it is not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The usage of all its calls.</summary>
    public Usage? Billed => Calls.Aggregate((Usage?)null, (sum, call) => sum.And(call.Usage));

    public Usage? Usage => Result is null ? Billed : Result.Usage;

    /// <summary>Whether the provider may have done billed work that it did not report.</summary>
    public bool MayBeBilled =>
        Result is not null || Unkept is not null || Failure?.Code is FailureCodes.Timeout or FailureCodes.BrokenAnswer;

    /// <summary>What the limits learn from the call.</summary>
    /// <param name="isFlex">Whether the call used the tier flex.</param>
    public CallEnd ForLimits(bool isFlex = false) => new(
        Failure is { Kind: FailureKind.Throttled, Code: not (FailureCodes.Conflict or FailureCodes.StoreUnavailable) },
        Failure is { Kind: FailureKind.Throttled, Code: FailureCodes.Overloaded },
        Failure?.RetryAfter,
        Result is null && Unkept is null ? null : Duration,
        Unkept is null ? Result?.Usage?.InputTokens : Billed?.InputTokens,
        Failure?.Error?.RequestedTokens(),
        isFlex,
        new(Failure?.Error?.IsOfTokens(), Failure?.Error?.LimitPerMinute()));
}
