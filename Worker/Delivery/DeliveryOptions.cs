using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Delivery;

/// <summary>The section <c>Delivery</c>: how jobs are received, retried and given up.</summary>
sealed record DeliveryOptions
{
    /// <summary>The maximum number of concurrent calls per operation.</summary>
    [Allowed(1, 2000)]
    public int Concurrency { get; init; } = 32;

    /// <summary>
    /// Jobs taken from an operation's queue at once; all others wait in the broker. 0: as many as
    /// <see cref="Concurrency"/>. With more, the next job is in memory when a call ends and its ending is still on the
    /// way to the broker; this matters if calls take less than a second.
    /// </summary>
    [Allowed(0, 4000)]
    public int Prefetch { get; init; }

    /// <summary><see cref="Prefetch"/>, with its default applied.</summary>
    internal int Fetched => Prefetch == 0 ? Concurrency : Prefetch;

    /// <summary>
    /// The maximum number of attempts at a job, including the first. A job's own <c>maxRetries</c> overrides it.
    /// </summary>
    [Allowed(1, 101)]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>
    /// The back-off after the first failed attempt; doubled after each further one, with up to a quarter of jitter
    /// added.
    /// </summary>
    [Allowed("00:00:01", "01:00:00")]
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest back-off, without jitter. A provider's own <c>Retry-After</c> may be longer.</summary>
    [Allowed("00:00:01", "12:00:00")]
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a job may wait in total, from when a worker first saw it, or from its <c>notBefore</c>.
    /// </summary>
    [Allowed("00:00:01", "30.00:00:00")]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How often the broker may deliver a job again because a worker died, before the job fails as poison.
    /// </summary>
    [Allowed(1, 1000)]
    public int MaxDeliveries { get; init; } = 20;

    /// <summary>The effect of a refused key (401, 403) or a used-up quota on the credential's jobs.</summary>
    public CredentialFailure OnCredentialFailure { get; init; } = CredentialFailure.Pause;

    /// <summary>How often a paused credential is tested.</summary>
    [Allowed("00:00:01", "01:00:00")]
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Signs the headers of waiting jobs, so that no sender can forge them: any text of 16 characters or more, the same
    /// for all workers of an installation. Empty: a key that the first worker makes and stores in the broker, in the
    /// stream <c>openai.seal</c>.
    /// </summary>
    [Secret]
    public string? HeaderKey { get; init; }

    /// <summary>The previous <see cref="HeaderKey"/>, which is still accepted while jobs that it signed wait.</summary>
    [Secret]
    public string? OldHeaderKey { get; init; }

    /// <summary>
    /// How long a stopping worker waits for running calls before it returns their jobs to the broker.
    /// </summary>
    [Allowed("00:00:01", "00:25:00")]
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The folder in which a stopping worker stores answers whose endings the broker has not accepted; its next start
    /// publishes them without a second call. Omitted: <c>openai-worker/unsent</c> in the local application data.
    /// </summary>
    public string? UnsentAnswers { get; init; }
}

[OptionsValidator]
sealed partial class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>;
