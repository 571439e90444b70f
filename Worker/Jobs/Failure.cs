using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs;

/// <summary>Why a job has no result: everything that the redelivery policy and the sender must know.</summary>
sealed record Failure(FailureKind Kind, string Code, string Message, Remedy Remedy = Remedy.Provider)
{
    /// <summary>The request's member at fault.</summary>
    public string? Member { get; init; }

    /// <summary>How long the provider wants no calls.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>The provider's error.</summary>
    public UpstreamError? Error { get; init; }

    /// <summary>The provider's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the credential is the cause, so that all its other jobs would be refused too.</summary>
    public CredentialBlame Blames { get; init; }

    /// <summary>The text of the answer that could not be used.</summary>
    public string? Text { get; init; }

    /// <summary>The request is wrong, and only its sender can correct it.</summary>
    public static Failure Invalid(string member, string message) =>
        new(FailureKind.Permanent, FailureCodes.InvalidRequest, message, Remedy.Sender) { Member = member };

    /// <summary>The answer's status says success, but the answer cannot be used.</summary>
    public static Failure Broken(string message) => new(FailureKind.Transient, FailureCodes.BrokenAnswer, message);

    /// <summary>
    /// A failure that is not retried if it is billed each time: the same request usually gives the same result.
    /// </summary>
    public Failure OnceIf(bool isBilled) => !isBilled || Kind == FailureKind.Permanent ? this : this with
    {
        Kind = FailureKind.Permanent,
        Remedy = Remedy.Sender,
        Message = $"{Message} The call was billed, so it is not repeated: change the request, or the model.",
    };

    /// <summary>The same, with a description of what arrived.</summary>
    public static Failure Broken(int status, string? requestId, string with) =>
        Broken($"The provider answered {status} with {with}.") with { Status = status, RequestId = requestId };
}

/// <summary>Carries a <see cref="Failure"/> to the one place that judges it.</summary>
sealed class FailureException(Failure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    public Failure Failure => failure;

    /// <summary>The state for the next attempt. Null: unchanged.</summary>
    public JobState? State { get; init; }
}
