using System.Text;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// AMQP's limit for ids, names of queues and routing keys: a longer text cannot be written, and its message would
/// return for ever.
/// </summary>
static class AmqpShortString
{
    const int LongestBytes = 255;

    public static bool Fits(string text) => Encoding.UTF8.GetByteCount(text) <= LongestBytes;
}
