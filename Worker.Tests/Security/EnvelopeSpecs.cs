using System.Text;
using OpenAIWorker.Delivery.Bodies;

namespace OpenAIWorker.Tests.Security;

/// <summary>Data in MassTransit's envelope that MassTransit cannot read.</summary>
public sealed class EnvelopeSpecs
{
    [Theory]
    [InlineData("""{"messageId":"a","messageId":"b","message":{"text":"x"}}""")]
    [InlineData("""{"messageId":"a","MESSAGEID":"b","sourceAddress":"","message":{"text":"x"}}""")]
    public void Invalid_ids_are_left_out_each_time(string envelope) =>
        Assert.Equal("""{"message":{"text":"x"}}""",
            Encoding.UTF8.GetString(BodyReading.Cleaned(Encoding.UTF8.GetBytes(envelope))));

    [Fact]
    public void What_is_there_twice_beside_them_stays() => Assert.Equal(
        """{"host":1,"host":2}""",
        Encoding.UTF8.GetString(BodyReading.Cleaned("""{"host":1,"messageId":"a","host":2}"""u8.ToArray())));
}
