using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenAIWorker.Json;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Web.Window.Jobs;

/// <summary>A request or an ending as JSON for a person: long texts are cut, and the rest is counted.</summary>
static class JobJsonText
{
    const int LongestText = 2_000;
    const int MostBytes = 200_000;

    static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(JobContent content)
    {
        if (content.Root is not { } root)
            return PlainText.Of(Excerpt.Of(content.Text, MostBytes));
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
            Write(json, root);
        var text = PlainText.Json(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
        return text.Length <= MostBytes ? text : $"{Excerpt.Of(text, MostBytes)}\n… the job's JSON has the rest.";
    }

    static void Write(Utf8JsonWriter json, JsonElement at)
    {
        switch (at.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in at.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }
                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in at.EnumerateArray())
                    Write(json, item);
                json.WriteEndArray();
                break;
            case JsonValueKind.String when at.GetString() is { Length: > LongestText } text:
                json.WriteStringValue($"{Excerpt.Of(text, LongestText)} … ({text.Length} characters)");
                break;
            default:
                at.WriteTo(json);
                break;
        }
    }
}
