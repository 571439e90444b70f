using System.Text.Json.Nodes;
using OpenAIWorker.Json;

namespace OpenAIWorker.Web.OpenAI.Streams;

/// <summary>A response as its stream of events.</summary>
static class ResponseEvents
{
    const string Output = "output";
    const string InProgress = "in_progress";

    public static IEnumerable<JsonObject> Of(JsonObject response) => Unnumbered(response).Select((one, number) =>
    {
        one["sequence_number"] = number;
        return one;
    });

    static IEnumerable<JsonObject> Unnumbered(JsonObject response)
    {
        var begun = (JsonObject)response.DeepClone();
        (begun["status"], begun[Output], begun["usage"]) = (InProgress, new JsonArray(), null);
        yield return Of("response.created", ("response", begun));
        yield return Of("response.in_progress", ("response", begun.DeepClone()));
        foreach (var (index, item) in (response[Output] as JsonArray ?? []).OfType<JsonObject>().Index())
            foreach (var one in OfItem(item))
            {
                one["output_index"] = index;
                yield return one;
            }
        var end = response.Text("status") is "incomplete" ? "response.incomplete" : "response.completed";
        yield return Of(end, ("response", response.DeepClone()));
    }

    static IEnumerable<JsonObject> OfItem(JsonObject item)
    {
        var begun = (JsonObject)item.DeepClone();
        if (begun.ContainsKey("status"))
            begun["status"] = InProgress;
        if (begun["content"] is JsonArray)
            begun["content"] = new JsonArray();
        if (begun.ContainsKey("arguments"))
            begun["arguments"] = "";
        yield return Of("response.output_item.added", ("item", begun));
        if (item.Text("type") == "message")
            foreach (var (place, part) in (item["content"] as JsonArray ?? []).OfType<JsonObject>().Index())
                foreach (var one in OfPart(part))
                {
                    (one["item_id"], one["content_index"]) = (item["id"]?.DeepClone(), place);
                    yield return one;
                }
        if (item.Text("type") == "function_call")
        {
            var id = item["id"];
            var arguments = item["arguments"] is JsonObject written ? written.ToJsonString() : item["arguments"];
            yield return Of("response.function_call_arguments.delta", ("item_id", id?.DeepClone()),
                ("delta", arguments?.DeepClone()));
            yield return Of("response.function_call_arguments.done", ("item_id", id?.DeepClone()),
                ("name", item["name"]?.DeepClone()), ("arguments", arguments?.DeepClone()));
        }
        yield return Of("response.output_item.done", ("item", item.DeepClone()));
    }

    static IEnumerable<JsonObject> OfPart(JsonObject part)
    {
        var text = part.ContainsKey("refusal") ? "refusal" : "text";
        var kind = text == "refusal" ? "response.refusal" : "response.output_text";
        var begun = (JsonObject)part.DeepClone();
        begun[text] = "";
        if (begun["annotations"] is JsonArray)
            begun["annotations"] = new JsonArray();
        yield return Of("response.content_part.added", ("part", begun));
        yield return Of($"{kind}.delta", ("delta", part[text]?.DeepClone()), ("logprobs", new JsonArray()));
        yield return Of($"{kind}.done", (text, part[text]?.DeepClone()), ("logprobs", new JsonArray()));
        yield return Of("response.content_part.done", ("part", part.DeepClone()));
    }

    static JsonObject Of(string type, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var one = new JsonObject { ["type"] = type };
        foreach (var (name, value) in members)
            one[name] = value;
        return one;
    }
}
