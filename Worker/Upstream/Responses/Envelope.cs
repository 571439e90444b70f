using System.Text;
using System.Text.Json;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>An answer that a gateway wrapped: in an object, in a list of one, or in a text.</summary>
static class Envelope
{
    static readonly string[] Around = ["data", "result", "response", "output", "body"];

    /// <summary>The answer inside; the body itself if it is not wrapped.</summary>
    public static JsonElement Opened(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.String
            when LenientJson.Parse(Encoding.UTF8.GetBytes(
                body.GetString()!)) is { ValueKind: JsonValueKind.Object } inner && IsAnswer(inner) => inner,
        JsonValueKind.Array when body.GetArrayLength() == 1 && IsAnswer(body[0]) => body[0],
        JsonValueKind.Object when !IsAnswer(body) => Inside(body) ?? body,
        _ => body,
    };

    static JsonElement? Inside(JsonElement body)
    {
        foreach (var name in Around)
        {
            if (body.Member(name) is { ValueKind: JsonValueKind.Object } inner && IsAnswer(inner))
                return WithUsage(inner, body);
        }
        return null;
    }

    // Some gateways put the usage beside the answer.
    static JsonElement WithUsage(JsonElement answer, JsonElement around)
    {
        if (answer.Member("usage") is not null || around.Member("usage") is not { } usage)
            return answer;
        var body = new JsonBody();
        foreach (var member in answer.EnumerateObject().Where(member => member.NameText() is not null)
            .DistinctBy(member => member.Name))
            body.Add(member.Name, member.Value);
        body.Add("usage", usage);
        return body.ToJson();
    }

    static bool IsAnswer(JsonElement body) => body.ValueKind == JsonValueKind.Object
        && ((body.Text("id") ?? body.Text("object") ?? body.Text("text") ?? body.Text("output_text")) is not null
            || body.Member("choices") is not null || body.Member("results") is not null
            || body.Member("output") is { ValueKind: JsonValueKind.Array }
            || body.Member("data") is { ValueKind: JsonValueKind.Array });
}
