using OpenAIWorker.Delivery.Seals;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>A worker that anybody may send bytes to.</summary>
interface IFuzzTarget : IAsyncDisposable
{
    Deliveries Deliveries { get; }

    /// <summary>The key that signs its headers.</summary>
    HeaderSeal Seal { get; }

    /// <returns>Whether the broker accepted it.</returns>
    Task<bool> Send(FuzzSent message);
}
