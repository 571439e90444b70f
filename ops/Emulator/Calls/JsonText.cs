using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace OpenAIWorker.Emulator.Calls;

static class JsonText
{
    // Like OpenAI, it does not escape letters of any script.
    static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true
    };

    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(text, Plain))
        {
            write(json);
        }

        return text.WrittenMemory;
    }

    public static string Of(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(Bytes(write).Span);
}
