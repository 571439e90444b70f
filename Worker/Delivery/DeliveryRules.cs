using Microsoft.Extensions.Options;

namespace OpenAIWorker.Delivery;

/// <summary>What ranges cannot say: how settings stand to each other.</summary>
sealed class DeliveryRules : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options) => options.FirstDelay <= options.MaxDelay
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Delivery:FirstDelay is {options.FirstDelay}, longer than Delivery:MaxDelay, which is {options.MaxDelay}.");
}
