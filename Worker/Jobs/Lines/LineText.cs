using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs.Lines;

/// <summary>The JSON object of a line, checked so that nothing in it can fail later.</summary>
static class LineText
{
    /// <exception cref="FailureException">It is none; the message says where.</exception>
    public static JsonElement Parse(RawLine line)
    {
        if (line.IsTooLong)
            throw Wrong(
                $"The line is longer than {LineReader.Longest} bytes. Send what is large as a payload or an address.");
        var bytes = line.Bytes.Span;
        if (!Utf8.IsValid(bytes))
            throw Wrong($"The line is no UTF-8 at byte {FirstBadByte(bytes) + 1}. Save the file as UTF-8.");
        try
        {
            var json = JsonElement.Parse(bytes);
            if (json.ValueKind != JsonValueKind.Object)
                throw new JsonException("It must begin with {.");
            return HalfCharacter(bytes) is { } place ? throw Wrong(place) : json;
        }
        catch (JsonException broken)
        {
            throw Wrong(HasOldBreaks(bytes)
                ? "The lines end with a carriage return alone, as on old Macs. Make them lines of this time: "
                    + @"tr '\r' '\n' < FILE > jobs.jsonl."
                : $"The line is no JSON object: {Says(broken, bytes)}");
        }
    }

    /// <summary>Whether several lines look like one, because nothing but a carriage return divides them.</summary>
    public static bool HasOldBreaks(ReadOnlySpan<byte> line) =>
        line.TrimStart(" \t"u8) is [(byte)'{', ..] && line.IndexOf("}\r{"u8) >= 0;

    // Where the escape of half a pair stands, in words; null where there is none.
    static string? HalfCharacter(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
                continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException)
            {
                var escape = Encoding.UTF8.GetString(reader.ValueSpan)
                    .IndexOf(@"\ud", StringComparison.OrdinalIgnoreCase);
                var place = reader.TokenStartIndex + Math.Max(0, escape) + 1;
                return $@"The text at byte {place} has half a character: an escape of \ud800 to \udfff "
                    + "without the other one of its pair.";
            }
        }
        return null;
    }

    static string Says(JsonException broken, ReadOnlySpan<byte> line) =>
        line.TrimStart(" \t"u8) is [not (byte)'{', ..] ? "it does not begin with {."
        : IsCut(line) ? "it ends before all that is open in it is closed."
        : $"{broken.Message.Split(" LineNumber:")[0]}{(broken.BytePositionInLine is { } at ? $" Byte {at + 1}." : "")}";

    static bool IsCut(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                // To where it ends.
            }
            return reader.CurrentDepth > 0 || reader.BytesConsumed < line.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static int FirstBadByte(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != System.Buffers.OperationStatus.Done)
                return at;
            at += length;
        }
        return bytes.Length;
    }

    static FailureException Wrong(string message) =>
        new(new(FailureKind.Permanent, FailureCodes.Unreadable, message, Remedy.Sender));
}
