using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream.Credentials;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>A delivered request, and its history from the headers.</summary>
/// <param name="Id">The sender's <c>jobId</c>, else the message id.</param>
/// <param name="Operation">Such as <c>message-model</c>.</param>
/// <param name="Request">The request, with <paramref name="Id"/> filled in.</param>
/// <param name="Attempts">The number of attempts, including this one.</param>
/// <param name="Waits">How often it has waited in the broker.</param>
/// <param name="FirstSeen">When a worker first saw it.</param>
/// <param name="Spent">The usage of earlier attempts.</param>
/// <param name="State">The result of its earlier steps; null at the first.</param>
sealed record Job(string Id, string Operation, JobRequest Request, int Attempts, int Waits, DateTimeOffset FirstSeen,
    Usage? Spent = null, JobState? State = null)
{
    /// <summary>Its message's body, unchanged.</summary>
    public MessageBody? Body { get; init; }

    /// <summary>The hash of its body: see <see cref="Delivery.Bodies.BodyHash"/>.</summary>
    public Guid BodyHash
    {
        get => field == Guid.Empty ? field = Delivery.Bodies.BodyHash.Of(Body?.GetBytes()) : field;
        init;
    }

    /// <summary>The same for every message with the same request.</summary>
    public string RequestHash => field ??= RecordedJob.HashOf(Operation, Request);

    /// <summary>Its tenant (<c>Limits:Tenant</c>); empty if it has none.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>When it was sent, if that is known; else when a worker first saw it.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>When it was sent again on purpose; null if it was not.</summary>
    public DateTimeOffset? SentAgain { get; init; }

    /// <summary>The user who sent it, if the broker says so.</summary>
    public string? User { get; init; }

    /// <summary>Whether a worker wrote a state that this worker cannot read.</summary>
    public bool IsStateLost { get; init; }

    /// <summary>The cost of earlier attempts.</summary>
    public JobCost Cost { get; init; }

    /// <summary>The name of its credential.</summary>
    public string Credential => Request.Credential ?? CredentialOptions.Default;

    /// <summary>The model that it names; null if it names none.</summary>
    public string? Model => OperationCatalog.Named(Operation)!.ModelOf(Request);

    /// <summary>Whether its next step calls a model, and so is subject to a rate limit.</summary>
    public bool AsksModel => State is null or { AsksModel: true };

    /// <summary>The time from which its age counts: waiting for its own <c>notBefore</c> does not count.</summary>
    public DateTimeOffset Born => Request.NotBefore > FirstSeen ? Request.NotBefore.Value.ToUniversalTime() : FirstSeen;

    /// <summary>The headers with which it waits and is delivered again.</summary>
    public JobHeaders Waiting(bool countsAsAttempt) =>
        Again with { Failed = countsAsAttempt ? Attempts : Attempts - 1, Waits = Waits + 1 };

    /// <summary>The headers with which it arrived.</summary>
    public JobHeaders Again =>
        new(Attempts - 1, Waits, FirstSeen, Spent, State) { Cost = Cost, SentAgain = SentAgain };

    /// <summary>
    /// The headers with which it waits for its next step. A step is not a wait, unless subscribers are told of it.
    /// </summary>
    public JobHeaders Suspended(bool isNews) => Again with { Waits = isNews ? Waits + 1 : Waits };

    /// <summary>Adds the usage of an attempt, whatever its outcome, and the state for the next step.</summary>
    public Job After(Outcome outcome) =>
        this with { Spent = Spent.And(outcome.Usage), Cost = Cost.And(outcome), State = outcome.State };

    public int MaxAttempts(DeliveryOptions options) => Request.MaxRetries + 1 ?? options.MaxAttempts;
}
