using Microsoft.Extensions.Options;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>The section <c>Assistants</c>: who stores assistants, and which of them a tenant sees.</summary>
sealed record AssistantsOptions
{
    /// <summary>Who stores assistants: this worker, or the provider.</summary>
    public AssistantsMode Mode { get; init; } = AssistantsMode.Local;

    /// <summary>
    /// Whether each tenant (<c>Limits:Tenant</c>) has its own assistants and threads, and its own files, conversations
    /// and stored responses at the provider, which other tenants cannot see, list or use. False: all senders of a
    /// credential share them.
    /// </summary>
    public bool PerTenant { get; init; }

    /// <summary>
    /// Ids of things at the provider that all tenants may use, such as <c>vs_handbook</c>, joined by commas; a <c>*</c>
    /// at the end of an id matches anything.
    /// </summary>
    public string? SharedIds { get; init; }
}

/// <summary>Who stores assistants.</summary>
enum AssistantsMode
{
    /// <summary>
    /// The worker, in its database; messages go through Responses and Conversations, or Chat Completions.
    /// </summary>
    Local,

    /// <summary>The provider, which still serves <c>/assistants</c> and <c>/threads</c>.</summary>
    Native,
}

/// <summary>Rules for assistants beyond ranges.</summary>
sealed class AssistantsRules(IOptions<LimitsOptions> limits) : IValidateOptions<AssistantsOptions>
{
    public ValidateOptionsResult Validate(string? name, AssistantsOptions options)
    {
        var broken = Broken(options).ToList();
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }

    IEnumerable<string> Broken(AssistantsOptions options)
    {
        if (options.PerTenant && string.IsNullOrEmpty(limits.Value.Tenant))
            yield return "Assistants:PerTenant is true, but Limits:Tenant, the key of metadata that names a job's "
                + "tenant, is not set. Set it.";
        if (options is { PerTenant: true, Mode: AssistantsMode.Native })
            yield return "Assistants:PerTenant is true, but Assistants:Mode is Native: the provider does not know "
                + "tenants. Set Assistants:Mode to Local.";
    }
}
