using System.Text;
using OpenAIWorker.Delivery.Bodies;

namespace OpenAIWorker.Tests.Security;

/// <summary>Data in MassTransit's envelope that MassTransit cannot read.</summary>
public sealed class EnvelopeSpecs
{
    [Theory]
    [InlineData("""{"messageId":"a","messageId":"b","message":{"text":"x"}}""")]
    [InlineData("""{"messageId":"a","MESSAGEID":"b","sourceAddress":"","message":{"text":"x"}}""")]
    [InlineData("""{"messageId":5,"responseAddress":{},"conversationId":["x"],"message":{"text":"x"}}""")]
    [InlineData("""{"sentTime":"yesterday","expirationTime":5,"headers":[],"message":{"text":"x"}}""")]
    [InlineData("""{"host":"x","message":{"text":"x"},"host":{"processId":"5"},"Host":{"machineName":1}}""")]
    public void Members_that_cannot_be_read_are_left_out_each_time(string envelope) =>
        Assert.Equal("""{"message":{"text":"x"}}""",
            Encoding.UTF8.GetString(BodyReading.Cleaned(Encoding.UTF8.GetBytes(envelope))));

    [Fact]
    public void What_is_there_twice_beside_them_stays() => Assert.Equal(
        """{"x":1,"x":2}""",
        Encoding.UTF8.GetString(BodyReading.Cleaned("""{"x":1,"messageId":"a","x":2}"""u8.ToArray())));

    [Fact]
    public void What_MassTransit_writes_stays_as_it_is()
    {
        var envelope = """
            {"messageId":"3f2504e0-4f89-11d3-9a0c-0305e82c3301","requestId":null,"sourceAddress":"rabbitmq://h/q",
            "sentTime":"2026-12-01T12:00:00.1234567Z","expirationTime":null,"headers":{"a":1},
            "host":{"machineName":"m","processId":7,"assembly":null},"message":{"text":"x"}}
            """u8.ToArray();

        Assert.Same(envelope, BodyReading.Cleaned(envelope));
    }
}
