using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs;

/// <summary>Why a job has no result: everything that the redelivery policy and the sender need to know of it.</summary>
sealed record Failure(FailureKind Kind, string Code, string Message, Remedy Remedy = Remedy.Provider)
{
    /// <summary>The request's member at fault.</summary>
    public string? Member { get; init; }

    /// <summary>How long the provider asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>The provider's error.</summary>
    public UpstreamError? Error { get; init; }

    /// <summary>The provider's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the credential is to blame, so that every other job of it would be refused too.</summary>
    public CredentialBlame Blames { get; init; }

    /// <summary>The answer that could not be used.</summary>
    public string? Text { get; init; }

    /// <summary>The request is wrong, and only its sender can mend it.</summary>
    public static Failure Invalid(string member, string message) =>
        new(FailureKind.Permanent, FailureCodes.InvalidRequest, message, Remedy.Sender) { Member = member };

    /// <summary>The answer says success and is none.</summary>
    public static Failure Broken(string message) => new(FailureKind.Transient, FailureCodes.BrokenAnswer, message);

    /// <summary>
    /// A failure that would be paid for again each time that it is tried: the same words mostly bring the same.
    /// </summary>
    public Failure OnceIf(bool isBilled) => !isBilled || Kind == FailureKind.Permanent ? this : this with
    {
        Kind = FailureKind.Permanent,
        Remedy = Remedy.Sender,
        Message = $"{Message} It was billed, so it is not asked for again: change what is asked, or the model.",
    };

    /// <summary>The same, with what came in the place of a success.</summary>
    public static Failure Broken(int status, string? requestId, string with) =>
        Broken($"The provider answered {status} with {with}.") with { Status = status, RequestId = requestId };
}

/// <summary>Carries a <see cref="Failure"/> from where it was seen to the one place that judges it.</summary>
sealed class FailureException(Failure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    public Failure Failure => failure;

    /// <summary>What the next try is to remember. Null: the same as this one.</summary>
    public JobState? State { get; init; }
}
