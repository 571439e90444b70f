using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Settings;

public sealed class EffectiveSettingsSpecs
{
    [Fact]
    public void Secrets_are_shown_as_set_or_missing()
    {
        var shown = Shown(WorkerSettings.Key, "--OpenAI:Credentials:other:Project=p",
            "--Broker:Uri=amqp://user:password@host");

        Assert.Equal("set", shown["OpenAI:Credentials:default:ApiKey"]);
        Assert.Equal("missing", shown["OpenAI:Credentials:other:ApiKey"]);
        Assert.Equal("set", shown["Broker:Uri"]);
        Assert.DoesNotContain(shown.Values, value =>
            value.Contains("secret", StringComparison.Ordinal) || value.Contains("password", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OpenAI:Credentials:default:BaseUrl", "https://me:pass@host:8443/v1?key=k1#k2",
        "https://***@host:8443/v1?***")]
    [InlineData("Payloads:S3:ServiceUrl", "https://me:word@host", "https://***@host")]
    [InlineData("Tools:Functions:sky:Url", "https://hooks.example/T0/B1/key?token=t", "https://hooks.example/***")]
    [InlineData("Tools:Servers:mine:Url", "https://mcp.example/s/secret-path/mcp", "https://mcp.example/***")]
    [InlineData("Tools:Functions:sky:Arguments", "--token=key", "set")]
    public void Addresses_are_shown_without_what_is_secret_in_them(string setting, string value, string shown) =>
        Assert.Equal(shown, Shown($"--{setting}={value}")[setting]);

    [Fact]
    public void Given_values_are_shown_and_defaults_for_the_others()
    {
        var shown = Shown("--Delivery:Concurrency=8");

        Assert.Equal(("8", "00:05:00"), (shown["Delivery:Concurrency"], shown["Delivery:MaxDelay"]));
    }

    static Dictionary<string, string> Shown(params string[] settings) =>
        EffectiveSettings.Of(WorkerHost.Settings(settings).Configuration, SettingsCatalog.Settings)
            .ToDictionary(line => line.Path, line => line.Value);
}
