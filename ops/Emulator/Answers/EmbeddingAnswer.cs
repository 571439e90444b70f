using System.Runtime.InteropServices;
using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Answers;

static class EmbeddingAnswer
{
    public static void Write(Utf8JsonWriter json, string model, IEnumerable<JsonElement> inputs, int dimensions,
        bool asBase64, int tokens)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var (index, input) in inputs.Index())
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", index);
            WriteVector(json, Vectors.Of(input.GetRawText(), dimensions), asBase64);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model", model);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens);
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteVector(Utf8JsonWriter json, float[] vector, bool asBase64)
    {
        if (asBase64)
        {
            json.WriteBase64String("embedding", MemoryMarshal.AsBytes<float>(vector));
            return;
        }

        json.WriteStartArray("embedding");
        foreach (var number in vector)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
