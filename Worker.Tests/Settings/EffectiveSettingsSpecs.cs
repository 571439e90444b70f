using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Settings;

public sealed class EffectiveSettingsSpecs
{
    [Fact]
    public void Secrets_are_shown_as_set_or_missing()
    {
        var shown = Shown(WorkerSettings.Key, "--OpenAI:Credentials:other:Project=p", "--Broker:Uri=amqp://user:password@host");

        Assert.Equal("set", shown["OpenAI:Credentials:default:ApiKey"]);
        Assert.Equal("missing", shown["OpenAI:Credentials:other:ApiKey"]);
        Assert.Equal("set", shown["Broker:Uri"]);
        Assert.DoesNotContain(shown.Values, value => value.Contains("secret", StringComparison.Ordinal) || value.Contains("password", StringComparison.Ordinal));
    }

    [Fact]
    public void Given_values_are_shown_and_defaults_for_the_others()
    {
        var shown = Shown("--Delivery:Concurrency=8");

        Assert.Equal(("8", "00:05:00"), (shown["Delivery:Concurrency"], shown["Delivery:MaxDelay"]));
    }

    static Dictionary<string, string> Shown(params string[] settings) =>
        EffectiveSettings.Of(WorkerHost.Settings(settings).Configuration).ToDictionary(line => line.Path, line => line.Value);
}
