using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Settings;

namespace OpenAIWorker.Tests.Security;

/// <summary>Credentials that only some senders may use.</summary>
public sealed class CredentialSenderSpecs
{
    [Theory]
    [InlineData("acme", null)]
    [InlineData("globex-17", null)]
    [InlineData("acme-2", FailureCodes.CredentialNotAllowed)]
    [InlineData("user:shop", FailureCodes.CredentialNotAllowed)]
    [InlineData("", FailureCodes.CredentialNotAllowed)]
    [InlineData(null, FailureCodes.CredentialNotAllowed)]
    public async Task Only_the_tenants_of_the_settings_may_use_a_credential(string? tenant, string? code)
    {
        await using var worker = await EmbeddedWorker.Start("--Limits:Tenant=customer",
            "--OpenAI:Credentials:default:Tenants=acme, globex-*, user:shop");

        var ending = await worker.End(Messages.Smallest with
        {
            Metadata = tenant is null ? null : new Dictionary<string, string> { ["customer"] = tenant }
        });

        Assert.Equal(code, ending.TryGetProperty("code", out var failed) ? failed.GetString() : null);
        Assert.Equal(code is null ? 1 : 0, worker.Emulator.Calls.Count);
    }

    [Fact]
    public async Task A_refusal_names_the_credential_the_sender_and_the_setting()
    {
        await using var worker = await EmbeddedWorker.Start("--Limits:Tenant=customer",
            "--OpenAI:Credentials:default:Tenants=acme");

        var failure = await worker.Failure(
            Messages.Smallest with { Metadata = new Dictionary<string, string> { ["customer"] = "globex" } });

        Assert.Equal(("credential", FailureKind.Permanent, Remedy.Sender),
            (failure.Member, failure.Kind, failure.Remedy));
        Assert.Equal(
            "This sender (tenant 'globex', user none) may not use the credential 'default'. Name another "
                + "credential, or have the operator add the sender to OpenAI:Credentials:default:Tenants.",
            failure.Message);
    }

    [Fact]
    public void Tenants_without_a_key_that_names_them_stop_the_worker() => Assert.Equal(
        "OpenAI:Credentials:default:Tenants has 'acme', but Limits:Tenant, the key of metadata that names a job's "
            + "tenant, is not set. Set it, or name users of the broker as user:NAME.",
        WorkerSettings.Problems("--OpenAI:Credentials:default:Tenants=acme"));
}
