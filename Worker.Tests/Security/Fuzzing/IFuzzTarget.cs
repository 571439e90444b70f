using OpenAIWorker.Delivery.Seals;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>A worker that anybody may send bytes to.</summary>
interface IFuzzTarget : IAsyncDisposable
{
    Deliveries Deliveries { get; }

    /// <summary>With which it signs headers for itself.</summary>
    HeaderSeal Seal { get; }

    /// <returns>Whether the broker took it.</returns>
    Task<bool> Send(FuzzSent message);
}
