using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Tests.Delivery.Messages;

/// <summary>Which of the broker's two headers counts depends on its version; senders can write the other one.</summary>
public sealed class DeliveryCountSpecs
{
    [Theory]
    [InlineData("3.10.8", 7L, 0L, 7)]
    [InlineData("3.10.8", null, 99L, 0)]
    [InlineData("4.0.5", 7L, null, 7)]
    [InlineData("4.2", 7L, 99L, 7)]
    [InlineData("4.3.0", 1L, 7L, 7)]
    [InlineData("4.3", 99L, null, 0)]
    [InlineData("5.0", null, 7L, 7)]
    [InlineData("4.3", null, "x", 0)]
    [InlineData("4.3", null, long.MaxValue, int.MaxValue)]
    public void The_header_of_the_brokers_version_is_read(string version, object? deliveries, object? acquired,
        int counted)
    {
        var headers = new Dictionary<string, object?>();
        if (deliveries is not null)
            headers["x-delivery-count"] = deliveries;
        if (acquired is not null)
            headers["x-acquired-count"] = acquired;

        Assert.Equal(counted, DeliveryCount.Of(Version.Parse(version), headers));
    }
}
