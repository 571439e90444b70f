using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>The section <c>Broker</c>: where jobs wait.</summary>
sealed record BrokerOptions
{
    public const string DefaultPrefix = "openai";

    /// <summary>The most bytes of a message that any RabbitMQ can be set to take.</summary>
    public const int LargestAnywhere = 512 * 1024 * 1024;

    /// <summary>
    /// RabbitMQ's address, such as <c>amqp://user:password@host:5672/vhost</c>. Empty: the embedded transport, which
    /// ends with the process.
    /// </summary>
    [Secret]
    public string? Uri { get; init; }

    /// <summary>
    /// Further nodes of the same cluster, <c>host</c> or <c>host:port</c>, joined by commas. Any one of all will do.
    /// </summary>
    public string? Nodes { get; init; }

    /// <summary>
    /// A PEM file with the authorities that may have signed the broker's certificate, and no others. Empty: those the
    /// machine trusts.
    /// </summary>
    public string? CaFile { get; init; }

    /// <summary>The name in the broker's certificate, where it is not the one that the broker is called by.</summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// A PEM file with the worker's own certificate, for a broker that asks for one. It logs in where the URI names no
    /// user.
    /// </summary>
    public string? CertificateFile { get; init; }

    /// <summary>
    /// A PEM file with the certificate's key, without a password. Empty: it is in <see cref="CertificateFile"/>.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// The broker's management API, such as <c>http://user:password@host:15672</c>; without a user, the user of
    /// <see cref="Uri"/>, who needs the tag policymaker. The worker sets the policy there that forwards jobs with
    /// unknown routing keys. Empty: the policy is set by hand.
    /// </summary>
    [Secret]
    public string? Management { get; init; }

    /// <summary>How the names of all queues and exchanges begin. 1 to 40 of <c>a-z 0-9 - _</c>.</summary>
    [RegularExpression("^[a-z0-9_-]{1,40}$",
        ErrorMessage = "Broker:Prefix must be 1 to 40 of a-z 0-9 - _, such as openai.")]
    public string Prefix { get; init; } = DefaultPrefix;

    /// <summary>
    /// The largest event that is sent, in bytes. At most the broker's own <c>max_message_size</c>, which is 16 MiB from
    /// RabbitMQ 4.0 on: the broker closes the channel of a client that sends more.
    /// </summary>
    [Allowed(1024 * 1024, LargestAnywhere)]
    public int LargestMessage { get; init; } = 16 * 1024 * 1024;

    /// <summary>Whether jobs wait in quorum queues, which outlive the loss of a node. False: classic queues.</summary>
    public bool Quorum { get; init; } = true;

    public bool IsEmbedded => string.IsNullOrEmpty(Uri);
}

[OptionsValidator]
sealed partial class BrokerOptionsValidator : IValidateOptions<BrokerOptions>;
