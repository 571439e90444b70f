using System.Text;
using System.Text.Json;

namespace OpenAIWorker.Jobs.Lines;

/// <summary>The readable part of an invalid line: the members before its fault.</summary>
/// <param name="Id">Its <c>custom_id</c> or <c>jobId</c>.</param>
/// <param name="Format">The format that its members belong to; null if none of them is known.</param>
readonly record struct LineHead(string? Id, LineFormat? Format)
{
    public static LineHead Of(ReadOnlySpan<byte> line)
    {
        var head = new LineHead();
        try
        {
            // A line that ends too early is accepted here.
            var reader = new Utf8JsonReader(Readable(line), isFinalBlock: false, default);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return head;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!reader.Read())
                    return head.With(name, null);
                head = head.With(name, reader.TokenType is JsonTokenType.String or JsonTokenType.Number
                    ? Text(ref reader)
                    : null);
                if (!reader.TrySkip())
                    return head;
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The members before the fault are known.
        }
        return head;
    }

    LineHead With(string name, string? text) => name switch
    {
        "custom_id" => new(text, LineFormat.OpenAI),
        "url" or "body" or "method" => this with { Format = LineFormat.OpenAI },
        "jobId" => new(text, Format ?? LineFormat.Native),
        "operation" => this with { Format = Format ?? LineFormat.Native },
        _ => this,
    };

    static string Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);

    // Invalid bytes are replaced, because only the members around them are needed.
    static byte[] Readable(ReadOnlySpan<byte> line) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line));
}
