using OpenAIWorker.Emulator.Answers;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>A limited number of the newest stored responses.</summary>
sealed class ResponseStore(int places)
{
    readonly Lock gate = new();
    readonly Dictionary<string, KeptResponse> kept = [];
    readonly Queue<string> oldestFirst = new();

    public void Keep(DraftedResponse response)
    {
        lock (gate)
        {
            kept[response.Id] = new(response);
            oldestFirst.Enqueue(response.Id);
            if (oldestFirst.Count > places)
            {
                kept.Remove(oldestFirst.Dequeue());
            }
        }
    }

    public KeptResponse? Find(string id)
    {
        lock (gate)
        {
            return kept.GetValueOrDefault(id);
        }
    }
}
