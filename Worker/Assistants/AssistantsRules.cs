using Microsoft.Extensions.Options;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Assistants;

/// <summary>What ranges cannot say of assistants.</summary>
sealed class AssistantsRules(IOptions<LimitsOptions> limits) : IValidateOptions<AssistantsOptions>
{
    public ValidateOptionsResult Validate(string? name, AssistantsOptions options)
    {
        var broken = Broken(options).ToList();
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }

    IEnumerable<string> Broken(AssistantsOptions options)
    {
        if (options is { Store: AssistantsStore.SQLite, Replicas: > 1 })
            yield return $"Assistants:Replicas is {options.Replicas}, but Assistants:Store is SQLite, a file that one worker has to itself. Set Assistants:Store to PostgreSQL, or Assistants:Replicas to 1.";
        if (options.PerTenant && string.IsNullOrEmpty(limits.Value.Tenant))
            yield return "Assistants:PerTenant is true, but Limits:Tenant, the key of metadata that names a job's tenant, is not set. Set it.";
        if (options is { PerTenant: true, Mode: AssistantsMode.Native })
            yield return "Assistants:PerTenant is true, but Assistants:Mode is Native: the provider knows no tenants. Set Assistants:Mode to Local.";
        if (options.Store != AssistantsStore.PostgreSQL)
            yield break;
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            yield return "Assistants:ConnectionString is missing, but Assistants:Store is PostgreSQL. Set it to Host=db;Database=worker;Username=worker;Password=…";
        else if (PostgresAddress.Problem(options.ConnectionString) is { } problem)
            yield return $"Assistants:ConnectionString cannot be read. {problem} Allowed are postgresql://worker:…@db/worker, host=db dbname=worker user=worker, and Host=db;Database=worker;Username=worker;Password=….";
    }
}
