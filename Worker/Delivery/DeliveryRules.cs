using Microsoft.Extensions.Options;

namespace OpenAIWorker.Delivery;

/// <summary>What ranges cannot say: how settings stand to each other.</summary>
sealed class DeliveryRules : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        if (options.FirstDelay > options.MaxDelay)
            return ValidateOptionsResult.Fail($"Delivery:FirstDelay is {options.FirstDelay}, longer than Delivery:MaxDelay, which is {options.MaxDelay}.");
        return options.Fetched < options.Concurrency
            ? ValidateOptionsResult.Fail($"Delivery:Prefetch is {options.Prefetch}, less than Delivery:Concurrency, which is {options.Concurrency}. Leave it out for as many, or raise it.")
            : ValidateOptionsResult.Success;
    }
}
