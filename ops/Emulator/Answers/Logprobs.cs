using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>Log probabilities, a token a word.</summary>
static class Logprobs
{
    public static bool Wanted(JsonElement body) =>
        body.TryGetProperty("logprobs", out var logprobs) && logprobs.ValueKind == JsonValueKind.True
        || body.TryGetProperty("top_logprobs", out var top) && top.ValueKind == JsonValueKind.Number && top.GetInt32() > 0;

    public static JsonArray Of(string text) => new([.. text.Split(' ').Select(word => new JsonObject
    {
        ["token"] = word,
        ["logprob"] = -0.1,
        ["bytes"] = new JsonArray([.. Encoding.UTF8.GetBytes(word).Select(letter => JsonValue.Create(letter))]),
        ["top_logprobs"] = new JsonArray(),
    })]);
}
