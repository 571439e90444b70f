using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>Responses that can be asked after; the newest ten thousand.</summary>
sealed class StoredResponses(TimeProvider clock)
{
    const int Bound = 10_000;
    static readonly TimeSpan BackgroundWork = TimeSpan.FromMilliseconds(200);

    readonly ConcurrentDictionary<string, (JsonNode Answer, DateTimeOffset Ready)> stored = new();
    readonly ConcurrentQueue<string> order = new();

    public JsonNode Keep(JsonNode answer)
    {
        Add(answer, clock.GetUtcNow());
        return answer;
    }

    /// <summary>Answers <c>queued</c> now; the work is done a moment later.</summary>
    public JsonNode Begin(JsonNode answer)
    {
        Add(answer, clock.GetUtcNow() + BackgroundWork);
        return Unfinished(answer, "queued");
    }

    public JsonNode Get(string id)
    {
        var (answer, ready) = Find(id);
        return clock.GetUtcNow() < ready ? Unfinished(answer, "in_progress") : answer;
    }

    public JsonNode Cancel(string id)
    {
        var (answer, ready) = Find(id);
        if (clock.GetUtcNow() < ready)
            stored[id] = (answer = Unfinished(answer, "cancelled"), clock.GetUtcNow());
        return answer;
    }

    void Add(JsonNode answer, DateTimeOffset ready)
    {
        var id = (string)answer["id"]!;
        stored[id] = (answer, ready);
        order.Enqueue(id);
        while (order.Count > Bound && order.TryDequeue(out var oldest))
            stored.TryRemove(oldest, out _);
    }

    (JsonNode Answer, DateTimeOffset Ready) Find(string id) =>
        stored.TryGetValue(id, out var found) ? found : throw new ApiException(404, $"Response with id '{id}' not found.");

    static JsonNode Unfinished(JsonNode answer, string status)
    {
        var copy = answer.DeepClone();
        copy["status"] = status;
        copy["output"] = new JsonArray();
        copy["usage"] = null;
        return copy;
    }
}
