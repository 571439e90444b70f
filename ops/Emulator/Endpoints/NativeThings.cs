using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>Objects with ids, oldest first: assistants, messages or runs.</summary>
sealed class NativeThings
{
    readonly Lock gate = new();
    readonly List<JsonObject> kept = [];

    public JsonObject? Find(string id)
    {
        lock (gate)
        {
            return kept.Find(thing => (string?)thing["id"] == id)?.DeepClone().AsObject();
        }
    }

    public JsonObject Keep(JsonObject thing)
    {
        lock (gate)
        {
            var index = kept.FindIndex(known => (string?)known["id"] == (string?)thing["id"]);
            var copy = thing.DeepClone().AsObject();
            if (index < 0)
            {
                kept.Add(copy);
            }
            else
            {
                kept[index] = copy;
            }

            return thing;
        }
    }

    public void Delete(JsonObject thing)
    {
        lock (gate)
        {
            kept.RemoveAll(known => (string?)known["id"] == (string?)thing["id"]);
        }
    }

    public List<JsonElement> Read()
    {
        lock (gate)
        {
            return [.. kept.Select(thing => JsonSerializer.SerializeToElement(thing))];
        }
    }

    public static Answer Show(JsonObject thing) => Answer.Json(thing.WriteTo);
}
