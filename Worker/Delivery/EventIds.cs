using System.Security.Cryptography;
using System.Text;

namespace OpenAIWorker.Delivery;

/// <summary>Message ids that are the same however often an event is published.</summary>
static class EventIds
{
    public static Guid OfEnding(string jobId) => Hash($"ending\n{jobId}");

    public static Guid OfDelay(string jobId, int wait) => Hash($"delay {wait}\n{jobId}");

    static Guid Hash(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
