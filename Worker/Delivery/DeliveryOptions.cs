using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Delivery;

/// <summary>The section <c>Delivery</c>: how jobs are taken up, tried again and given up.</summary>
sealed record DeliveryOptions
{
    /// <summary>Calls in flight at once, of each operation.</summary>
    [Allowed(1, 2000)]
    public int Concurrency { get; init; } = 32;

    /// <summary>
    /// Jobs taken from an operation's queue at once; all others wait in the broker. 0: as many as
    /// <see cref="Concurrency"/>. More of them are at hand when a call is over, while its ending is on the way to the
    /// broker, which matters where calls take less than a second.
    /// </summary>
    [Allowed(0, 4000)]
    public int Prefetch { get; init; }

    /// <summary><see cref="Prefetch"/>, with its default.</summary>
    internal int Fetched => Prefetch == 0 ? Concurrency : Prefetch;

    /// <summary>Attempts at a job, the first included. A job's own <c>maxRetries</c> overrides it.</summary>
    [Allowed(1, 101)]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>
    /// Back-off after the first failed attempt; doubled after each further one, with up to a quarter of jitter on top.
    /// </summary>
    [Allowed("00:00:01", "01:00:00")]
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest back-off, jitter aside. A provider's own wish may be longer.</summary>
    [Allowed("00:00:01", "12:00:00")]
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a job may wait in all, from the worker's first sight of it or its <c>notBefore</c>.</summary>
    [Allowed("00:00:01", "30.00:00:00")]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How often the broker may deliver a job again because a worker died over it, before it is given up as poison.
    /// </summary>
    [Allowed(1, 1000)]
    public int MaxDeliveries { get; init; } = 20;

    /// <summary>What a refused key (401, 403) or a used-up quota does to the credential's jobs.</summary>
    public CredentialFailure OnCredentialFailure { get; init; } = CredentialFailure.Pause;

    /// <summary>How often one job of a paused credential is let through, to see whether it works again.</summary>
    [Allowed("00:00:01", "01:00:00")]
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Signs the headers with which jobs wait, so that no sender can forge them: any text of 16 characters and more,
    /// the same for all workers of an installation. Empty: a key that the first worker makes and keeps in the broker,
    /// in the stream <c>openai.seal</c>.
    /// </summary>
    [Secret]
    public string? HeaderKey { get; init; }

    /// <summary>
    /// The <see cref="HeaderKey"/> before the present one, which is still accepted while jobs wait that it signed.
    /// </summary>
    [Secret]
    public string? OldHeaderKey { get; init; }

    /// <summary>
    /// How long a stopping worker waits for the calls in flight before it gives them back to the broker.
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
