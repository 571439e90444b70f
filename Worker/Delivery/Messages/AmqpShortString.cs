using System.Text;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// Ids, names of queues and routing keys, as AMQP has them: a longer one cannot be written, and its message would come
/// back for ever.
/// </summary>
static class AmqpShortString
{
    const int LongestBytes = 255;

    public static bool Fits(string text) => Encoding.UTF8.GetByteCount(text) <= LongestBytes;
}
