using OpenAIWorker.Emulator.Answers;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>A stored response, which may be cancelled until it is done.</summary>
sealed class KeptResponse(DraftedResponse response)
{
    volatile bool isCancelled;

    public DraftedResponse Response => response;

    public string StatusAt(DateTimeOffset now) => isCancelled ? "cancelled" : response.StatusAt(now);

    public string CancelAt(DateTimeOffset now)
    {
        isCancelled |= now < response.DoneAt;
        return StatusAt(now);
    }
}
