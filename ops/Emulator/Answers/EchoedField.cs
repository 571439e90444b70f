using System.Text;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>A request field that the answer repeats, and the JSON to repeat if it was omitted.</summary>
sealed class EchoedField(string name, string whenOmitted)
{
    readonly JsonEncodedText name = JsonEncodedText.Encode(name);
    readonly byte[] whenOmitted = Encoding.UTF8.GetBytes(whenOmitted);

    public void Write(Utf8JsonWriter json, JsonElement body)
    {
        json.WritePropertyName(name);
        if (body.TryGetProperty(name.EncodedUtf8Bytes, out var given) && given.ValueKind != JsonValueKind.Null)
        {
            given.WriteTo(json);
        }
        else
        {
            json.WriteRawValue(whenOmitted, skipInputValidation: true);
        }
    }
}
