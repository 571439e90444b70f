using OpenAIWorker.Tests.Settings;

namespace OpenAIWorker.Tests.Bugs;

/// <summary>An empty variable, such as Compose's <c>${UNSET:-}</c>, stopped the worker with a stack trace.</summary>
public sealed class EmptySettingSpecs
{
    [Theory]
    [InlineData("Delivery:Concurrency", "Delivery:Concurrency is ''; allowed: 1 to 2000.")]
    [InlineData("Delivery:MaxAge", "Delivery:MaxAge is ''; allowed: 00:00:01 to 30.00:00:00.")]
    [InlineData("Broker:Quorum", "Broker:Quorum is ''; allowed: true, false.")]
    public void Nothing_is_no_value(string setting, string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"--{setting}="));

    [Theory]
    [InlineData("Broker:Uri")]
    [InlineData("OpenAI:Credentials:default:Organization")]
    public void Nothing_is_a_text(string setting) => Assert.Equal("", WorkerSettings.Problems($"--{setting}="));
}
