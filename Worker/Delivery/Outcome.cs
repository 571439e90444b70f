using OpenAIWorker.Contracts;
using OpenAIWorker.Limits;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>What a call came to: a result, or a failure.</summary>
sealed record Outcome(OperationResult? Result, Failure? Failure, DateTimeOffset Started, TimeSpan Duration)
{
    /// <summary>What the limits learn from it.</summary>
    public CallEnd ForLimits() => new(
        Failure is { Kind: FailureKind.Throttled, Code: not FailureCodes.Conflict },
        Failure is { Kind: FailureKind.Throttled, Code: FailureCodes.Overloaded },
        Failure?.RetryAfter,
        Result is null ? null : Duration,
        Result?.Usage?.InputTokens,
        Failure?.Error?.RequestedTokens());
}
