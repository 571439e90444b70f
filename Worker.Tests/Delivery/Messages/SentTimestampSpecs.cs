using MassTransit.Serialization;
using OpenAIWorker.Delivery.Messages;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Messages;

public sealed class SentTimestampSpecs
{
    static readonly DateTimeOffset Known = new(2026, 1, 1, 0, 0, 0, 250, TimeSpan.Zero);

    [Theory]
    [InlineData("1767225600250")]
    [InlineData(1767225600250L)]
    public void A_header_tells_it_to_the_millisecond(object value) => Assert.Equal(Known, InHeader(value));

    [Theory]
    [InlineData("yesterday")]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    [InlineData(true)]
    public void Nonsense_tells_nothing(object value) => Assert.Null(InHeader(value));

    [Fact]
    public void The_property_tells_it_to_the_second()
    {
        Assert.Equal(Known.AddMilliseconds(-250),
            SentTimestamp.Of(new BasicProperties { Timestamp = new(1767225600) }));
        Assert.Null(SentTimestamp.Of(new BasicProperties { Timestamp = new(long.MaxValue) }));
        Assert.Null(SentTimestamp.Of(new BasicProperties()));
    }

    static DateTimeOffset? InHeader(object value)
    {
        var headers = new DictionarySendHeaders();
        headers.Set(SentTimestamp.Header, value, overwrite: true);
        return SentTimestamp.Of(headers);
    }
}
