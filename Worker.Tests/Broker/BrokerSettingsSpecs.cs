namespace OpenAIWorker.Tests.Broker;

public sealed class BrokerSettingsSpecs
{
    const string Address = "amqp://guest:guest@localhost:5672";

    [Theory]
    [InlineData(null, null, false, false)]
    [InlineData(null, null, true, true)]
    [InlineData(Address, null, false, true)]
    [InlineData(null, "local", false, true)]
    [InlineData(Address, "none", false, false)]
    [InlineData(null, "none", true, true)]
    public void Broker_that_was_asked_for_is_expected(string? uri, string? source, bool required, bool expected) =>
        Assert.Equal(expected, new BrokerSettings(uri, source, Required: required).IsExpected);
}
