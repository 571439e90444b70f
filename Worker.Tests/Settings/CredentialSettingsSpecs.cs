using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Tests.Settings;

public sealed class CredentialSettingsSpecs
{
    const string Project = "OpenAI:Credentials:default:Project";

    [Fact]
    public void Worker_without_a_credential_says_where_to_put_one() => Assert.Equal(
        "There is no credential. Set OPENAI_API_KEY, or OpenAI:Credentials:default:ApiKey.",
        new CredentialRules().Validate(null, new()).FailureMessage);

    [Fact]
    public void Default_credential_without_a_key_names_both_ways_to_give_it() => Assert.Equal(
        "OpenAI:Credentials:default:ApiKey is missing. Set it, or OPENAI_API_KEY; for a provider without keys, "
            + "use any word.",
        WorkerSettings.Problems("--OpenAI:Credentials:default:ApiKey="));

    [Fact]
    public void Other_credential_without_a_key_is_named() => Assert.StartsWith(
        "OpenAI:Credentials:local:ApiKey is missing.",
        WorkerSettings.Problems("--OpenAI:Credentials:local:BaseUrl=http://gpu:8000/v1"), StringComparison.Ordinal);

    [Fact]
    public void Key_that_no_header_can_carry_is_refused_without_showing_it()
    {
        var problems = WorkerSettings.Problems("--OpenAI:Credentials:default:ApiKey=sk-pасте");

        Assert.StartsWith("OpenAI:Credentials:default:ApiKey has a space", problems, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-p", problems, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OPENAI_API_KEY", "ApiKey")]
    [InlineData("OPENAI_BASE_URL", "BaseUrl")]
    [InlineData("OPENAI_ORG_ID", "Organization")]
    [InlineData("OPENAI_PROJECT_ID", "Project")]
    public void Variable_that_every_client_knows_is_the_default_credentials(string variable, string setting) =>
        Assert.Equal(
        [KeyValuePair.Create($"OpenAI:Credentials:default:{setting}", (string?)"value")],
        EnvironmentNames.AsSettings(name => name == variable ? "value" : null));

    [Fact]
    public void Empty_variable_is_none() => Assert.Empty(EnvironmentNames.AsSettings(_ => ""));

    [Fact]
    public void Own_setting_goes_before_the_variable()
    {
        // A variable belongs to the whole process; this one does not affect other tests.
        Environment.SetEnvironmentVariable("OPENAI_PROJECT_ID", "variable");
        try
        {
            Assert.Equal("variable", WorkerHost.Settings([]).Configuration[Project]);
            Assert.Equal("own", WorkerHost.Settings([$"--{Project}=own"]).Configuration[Project]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("OPENAI_PROJECT_ID", null);
        }
    }
}
