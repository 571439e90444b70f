namespace OpenAIWorker.Tests.Broker;

public sealed class BrokerSourcesSpecs
{
    const string Address = "amqp://guest:guest@localhost:5672";

    [Theory]
    [InlineData(Address, null, "UriBroker")]
    [InlineData(Address, "uri", "UriBroker")]
    [InlineData(Address, "local", "LocalBroker")]
    [InlineData(null, "docker", "ContainerBroker")]
    [InlineData(null, "none", "")]
    [InlineData(null, null, "ContainerBroker LocalBroker")]
    public void Named_source_is_the_only_one_asked(string? uri, string? source, string asked) =>
        Assert.Equal(asked, string.Join(' ',
            BrokerSources.Of(new(uri, source)).Select(broker => broker.GetType().Name)));

    [Fact]
    public void Unknown_source_is_answered_with_the_known_ones()
    {
        var refusal = Assert.Throws<ArgumentException>(() => BrokerSources.Of(new(Source: "podman")));

        Assert.Equal("BROKER is 'podman'. Say uri, docker, local or none.", refusal.Message);
    }
}
