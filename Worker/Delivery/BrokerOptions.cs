using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Delivery;

/// <summary>The section <c>Broker</c>: where jobs wait.</summary>
sealed record BrokerOptions
{
    public const string DefaultPrefix = "openai";

    /// <summary>RabbitMQ's address, such as <c>amqp://user:password@host:5672/vhost</c>. Empty: the embedded transport, which ends with the process.</summary>
    [Secret]
    public string? Uri { get; init; }

    /// <summary>How the names of all queues and exchanges begin. 1 to 40 of <c>a-z 0-9 - _</c>.</summary>
    [RegularExpression("^[a-z0-9_-]{1,40}$", ErrorMessage = "Broker:Prefix must be 1 to 40 of a-z 0-9 - _, such as openai.")]
    public string Prefix { get; init; } = DefaultPrefix;

    /// <summary>The largest event that is sent, in bytes. No more than the broker's own <c>max_message_size</c>, which is 16 MiB from RabbitMQ 4.0 on: it cuts off who sends more.</summary>
    [Allowed(1024 * 1024, 512 * 1024 * 1024)]
    public int LargestMessage { get; init; } = 16 * 1024 * 1024;

    /// <summary>Whether jobs wait in quorum queues, which outlive the loss of a node. False: classic queues.</summary>
    public bool Quorum { get; init; } = true;

    public bool IsEmbedded => string.IsNullOrEmpty(Uri);
}

[OptionsValidator]
sealed partial class BrokerOptionsValidator : IValidateOptions<BrokerOptions>;
