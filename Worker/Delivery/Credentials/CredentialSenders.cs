using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Limits;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Delivery.Credentials;

/// <summary>
/// Which senders may use which credential. A tenant in the metadata is only the sender's claim; the broker verifies a
/// user.
/// </summary>
sealed class CredentialSenders(IOptionsMonitor<OpenAIOptions> openAI, RateLimiter limiter)
{
    /// <summary>The prefix of entries that name a user of the broker.</summary>
    public const string User = "user:";

    /// <summary>Why the job's sender may not use the credential; null if it may.</summary>
    public Failure? Refusal(Job job)
    {
        if (CredentialOptions.Named(openAI.CurrentValue.Credentials, job.Credential)?.Tenants is not { } allowed
            || string.IsNullOrWhiteSpace(allowed))
            return null;
        var tenant = limiter.TenantOf(job.Request);
        var entries = NameList.Of(allowed).ToLookup(entry => entry.StartsWith(User, StringComparison.Ordinal));
        if (tenant.Length > 0 && entries[false].Any(entry => NameList.Fits(entry, tenant)))
            return null;
        if (job.User is { } user && entries[true].Any(entry => NameList.Fits(entry, User + user)))
            return null;
        var who =
            $"tenant {(tenant.Length > 0 ? $"'{Excerpt.Marked(tenant, 100)}'" : "none")}, user "
                + $"{(job.User is null ? "none" : $"'{job.User}'")}";
        return new(FailureKind.Permanent, FailureCodes.CredentialNotAllowed,
            $"This sender ({who}) may not use the credential '{job.Credential}'. Name another credential, or have "
                + $"the operator add the sender to OpenAI:Credentials:{job.Credential}:Tenants.", Remedy.Sender)
        { Member = "credential" };
    }
}

/// <summary>Checks that tenants are named only if another setting names the key that holds them.</summary>
sealed class CredentialSenderRules(IOptions<LimitsOptions> limits) : IValidateOptions<OpenAIOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenAIOptions options)
    {
        if (!string.IsNullOrEmpty(limits.Value.Tenant))
            return ValidateOptionsResult.Success;
        var broken = from credential in options.Credentials
                     from entry in NameList.Of(credential.Value.Tenants)
                     where !entry.StartsWith(CredentialSenders.User, StringComparison.Ordinal)
                     select $"OpenAI:Credentials:{credential.Key}:Tenants has '{entry}', but Limits:Tenant, the key "
                         + "of metadata that names a job's tenant, is not set. Set it, or name users of the broker "
                         + "as user:NAME.";
        return broken.ToList() is { Count: > 0 } problems
            ? ValidateOptionsResult.Fail(problems)
            : ValidateOptionsResult.Success;
    }
}
