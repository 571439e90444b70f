using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Broker;

/// <summary>
/// A broker that allows a connection less than the worker needs stops the worker's start with a sentence.
/// </summary>
public sealed class NarrowBrokerSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Theory]
    [InlineData(10, 131_072, "The broker allows 10 channels per connection (channel_max)")]
    [InlineData(2_047, 65_536, "The broker allows 65536 bytes per frame (frame_max), but the worker needs 131072")]
    public async Task It_is_told_which_of_the_brokers_settings_to_raise(int channels, int frame, string says)
    {
        await using var proxy = new TuningProxy(broker.Uri, (ushort)channels, (uint)frame);

        var stopped = await Assert.ThrowsAsync<SettingsException>(() =>
            BrokerWorker.Start(proxy.Uri, BrokerFixture.NewPrefix(), null));

        Assert.Contains(says, stopped.Message, StringComparison.Ordinal);
        Assert.Contains("Raise it.", stopped.Message, StringComparison.Ordinal);
    }
}
