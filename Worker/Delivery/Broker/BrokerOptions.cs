using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>The section <c>Broker</c>: the message broker.</summary>
sealed record BrokerOptions
{
    public const string DefaultPrefix = "openai";

    /// <summary>The largest message that any RabbitMQ can be configured to accept, in bytes.</summary>
    public const int LargestAnywhere = 512 * 1024 * 1024;

    /// <summary>
    /// RabbitMQ's address, such as <c>amqp://user:password@host:5672/vhost</c>. Empty: the embedded transport, whose
    /// jobs are lost when the process ends.
    /// </summary>
    [Secret]
    public string? Uri { get; init; }

    /// <summary>
    /// Other nodes of the same cluster, <c>host</c> or <c>host:port</c>, joined by commas. One reachable node is
    /// enough.
    /// </summary>
    public string? Nodes { get; init; }

    /// <summary>
    /// A PEM file with the only authorities that may sign the broker's certificate. Empty: those that the machine
    /// trusts.
    /// </summary>
    public string? CaFile { get; init; }

    /// <summary>The name in the broker's certificate, if it differs from the host name.</summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// A PEM file with the worker's own certificate, for a broker that requires one. It is the login if the URI names
    /// no user.
    /// </summary>
    public string? CertificateFile { get; init; }

    /// <summary>
    /// A PEM file with the certificate's key, without a password. Empty: the key is in <see cref="CertificateFile"/>.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// The broker's management API, such as <c>http://user:password@host:15672</c>; without a user, the user of
    /// <see cref="Uri"/>, who needs the tag policymaker. The worker sets the policy there that forwards jobs with
    /// unknown routing keys. Empty: the policy is set by hand.
    /// </summary>
    [Secret]
    public string? Management { get; init; }

    /// <summary>The prefix of the names of all queues and exchanges. 1 to 40 of <c>a-z 0-9 - _</c>.</summary>
    public string Prefix { get; init; } = DefaultPrefix;

    /// <summary>
    /// The largest event that is sent, in bytes. At most the broker's own <c>max_message_size</c>, which is 16 MiB from
    /// RabbitMQ 4.0 on: the broker closes the channel of a client that sends more.
    /// </summary>
    [Allowed(1024 * 1024, LargestAnywhere)]
    public int LargestMessage { get; init; } = 16 * 1024 * 1024;

    /// <summary>Whether jobs wait in quorum queues, which survive the loss of a node. False: classic queues.</summary>
    public bool Quorum { get; init; } = true;

    public bool IsEmbedded => string.IsNullOrEmpty(Uri);
}

[OptionsValidator]
sealed partial class BrokerOptionsValidator : IValidateOptions<BrokerOptions>;
