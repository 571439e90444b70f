using Microsoft.Extensions.Options;

namespace OpenAIWorker.Limits;

/// <summary>Rules between several settings.</summary>
sealed class LimitRules : IValidateOptions<LimitsOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitsOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    static IEnumerable<string> Problems(LimitsOptions options)
    {
        if (options.MinConcurrency > options.MaxConcurrency)
            yield return $"Limits:MinConcurrency is {options.MinConcurrency}, more than Limits:MaxConcurrency, which "
                + $"is {options.MaxConcurrency}.";
        foreach (var (tenant, given) in options.Tenants.Where(tenant => tenant.Value.Weight is < 1 or > 1000))
            yield return $"Limits:Tenants:{tenant}:Weight is {given.Weight}; allowed: 1 to 1000.";
        foreach (var (group, given) in options.Groups)
        {
            if (string.IsNullOrWhiteSpace(given.Models))
                yield return $"Limits:Groups:{group}:Models is empty. Name the group's models, joined by commas, "
                    + "such as gpt-6,gpt-6-luna*.";
            if (given.RequestsPerMinute is < 1)
                yield return $"Limits:Groups:{group}:RequestsPerMinute is {given.RequestsPerMinute}; allowed: 1 "
                    + "and more.";
            if (given.TokensPerMinute is < 1)
                yield return $"Limits:Groups:{group}:TokensPerMinute is {given.TokensPerMinute}; allowed: 1 and "
                    + "more.";
        }
    }
}
