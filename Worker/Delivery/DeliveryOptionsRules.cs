using Microsoft.Extensions.Options;

namespace OpenAIWorker.Delivery;

/// <summary>Rules between several settings.</summary>
sealed class DeliveryOptionsRules : IValidateOptions<DeliveryOptions>
{
    const int ShortestKey = 16;

    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var broken = Broken(options).ToList();
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }

    static IEnumerable<string> Broken(DeliveryOptions options)
    {
        if (options.FirstDelay > options.MaxDelay)
            yield return $"Delivery:FirstDelay is {options.FirstDelay}, longer than Delivery:MaxDelay, which is "
                + $"{options.MaxDelay}.";
        if (options.Fetched < options.Concurrency)
            yield return $"Delivery:Prefetch is {options.Prefetch}, less than Delivery:Concurrency, which is "
                + $"{options.Concurrency}. Raise it, or leave it out for the same number.";
        foreach (var (key, setting) in new[] { (options.HeaderKey, nameof(options.HeaderKey)),
            (options.OldHeaderKey, nameof(options.OldHeaderKey)) })
            if (key is { Length: > 0 and < ShortestKey })
                yield return $"Delivery:{setting} has {key.Length} characters; allowed: {ShortestKey} and more. "
                    + "Make one: openssl rand -base64 32";
    }
}
