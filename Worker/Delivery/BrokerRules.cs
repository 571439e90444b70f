using Microsoft.Extensions.Options;

namespace OpenAIWorker.Delivery;

/// <summary>What patterns cannot say of the broker's address. The password is kept out of the sentence.</summary>
sealed class BrokerRules : IValidateOptions<BrokerOptions>
{
    public ValidateOptionsResult Validate(string? name, BrokerOptions options) =>
        options.IsEmbedded || Uri.TryCreate(options.Uri, UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps" && address.Host.Length > 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Broker:Uri is no broker's address, allowed is amqp[s]://user:password@host[:port][/vhost]. Leave it out for the embedded transport.");
}
