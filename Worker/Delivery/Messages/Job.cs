using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream.Credentials;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>A delivered request, and what its headers tell of its life so far.</summary>
/// <param name="Id">The sender's <c>jobId</c>, else the message id.</param>
/// <param name="Operation">Such as <c>message-model</c>.</param>
/// <param name="Request">The request, with <paramref name="Id"/> filled in.</param>
/// <param name="Attempts">Attempts, this one included.</param>
/// <param name="Waits">How often it has waited in the broker.</param>
/// <param name="FirstSeen">When a worker first saw it.</param>
/// <param name="Spent">What earlier attempts used.</param>
/// <param name="State">What its earlier steps came to; null at the first.</param>
sealed record Job(string Id, string Operation, JobRequest Request, int Attempts, int Waits, DateTimeOffset FirstSeen,
    Usage? Spent = null, JobState? State = null)
{
    /// <summary>Its message's body, as it came.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get;
        init => (field, BodyHash) = (value, Delivery.Bodies.BodyHash.Of(value.Span));
    }

    /// <summary>Its body's name: see <see cref="Delivery.Bodies.BodyHash"/>.</summary>
    public Guid BodyHash { get; private init; }

    /// <summary>Its tenant (<c>Limits:Tenant</c>); empty where it has none.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>When it was sent, as far as it is known; else when a worker first saw it.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>The user who sent it, where the broker says so.</summary>
    public string? User { get; init; }

    /// <summary>Whether a worker wrote a state that this one cannot read.</summary>
    public bool IsStateLost { get; init; }

    /// <summary>What earlier attempts cost.</summary>
    public JobCost Cost { get; init; }

    /// <summary>The name of the credential that it is called with.</summary>
    public string Credential => Request.Credential ?? CredentialOptions.Default;

    /// <summary>The model that it names; null where it names none.</summary>
    public string? Model => OperationCatalog.Named(Operation)!.ModelOf(Request);

    /// <summary>Whether its next step asks a model, and so comes under a rate limit.</summary>
    public bool AsksModel => State is null or { AsksModel: true };

    /// <summary>From when its age counts: waiting for its own <c>notBefore</c> makes no job old.</summary>
    public DateTimeOffset Born => Request.NotBefore > FirstSeen ? Request.NotBefore.Value.ToUniversalTime() : FirstSeen;

    /// <summary>The headers with which it waits, and comes up again.</summary>
    public JobHeaders Waiting(bool countsAsAttempt) =>
        new(countsAsAttempt ? Attempts : Attempts - 1, Waits + 1, FirstSeen, Spent, State) { Cost = Cost };

    /// <summary>The headers with which it came.</summary>
    public JobHeaders Again => new(Attempts - 1, Waits, FirstSeen, Spent, State) { Cost = Cost };

    /// <summary>
    /// The headers with which its next step is waited for. A step is no wait, unless subscribers hear of it.
    /// </summary>
    public JobHeaders Suspended(bool isNews) =>
        new(Attempts - 1, isNews ? Waits + 1 : Waits, FirstSeen, Spent, State) { Cost = Cost };

    /// <summary>
    /// Adds what an attempt used, whatever its outcome, and takes over what the next step needs to remember.
    /// </summary>
    public Job After(Outcome outcome) =>
        this with { Spent = Spent.And(outcome.Usage), Cost = Cost.And(outcome), State = outcome.State };

    public int MaxAttempts(DeliveryOptions options) => Request.MaxRetries + 1 ?? options.MaxAttempts;
}
