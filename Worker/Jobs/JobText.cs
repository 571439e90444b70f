using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Jobs;

/// <summary>Parses the JSON object of a job, and checks it so that nothing in it can fail later.</summary>
static class JobText
{
    // The limit of .NET's readers.
    const int Deepest = 64;

    static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <param name="bytes">The JSON.</param>
    /// <param name="what">What contains it, such as <c>The line</c>.</param>
    /// <param name="cure">How to convert it, if it is not UTF-8.</param>
    /// <exception cref="FailureException">It is not a JSON object; the message says where.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> bytes, string what, string cure)
    {
        if (!Utf8.IsValid(bytes))
            throw Wrong($"{what} is not UTF-8 at byte {FirstBadByte(bytes) + 1}. {cure}");
        if (bytes.Trim(Blanks).IsEmpty)
            throw Wrong($"{what} is empty.");
        try
        {
            var json = JsonElement.Parse(bytes);
            if (json.ValueKind != JsonValueKind.Object)
                throw new JsonException("It must begin with {.");
            return HalfCharacter(bytes) is { } place ? throw Wrong(place) : json;
        }
        catch (JsonException broken)
        {
            throw Wrong($"{what} is not a JSON object: {Fault(broken, bytes)}");
        }
    }

    // Describes the position of an escape with half of a surrogate pair; null if there is none.
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
                return $@"The text at byte {place} has half of a surrogate pair: an escape of \ud800 to \udfff "
                    + "without the other half.";
            }
        }
        return null;
    }

    /// <summary>Why bytes are not a JSON object, and where they stop being one.</summary>
    public static string Fault(JsonException broken, ReadOnlySpan<byte> json) =>
        json.TrimStart(Blanks) is [not ((byte)'{' or (byte)'/'), ..] ? "it does not begin with {."
        : LenientJson.IsTooDeep(json, Deepest)
            ? $"it is nested deeper than {Deepest} levels. Write what is nested deeper as a text."
        : LenientJson.IsSeveral(json) ? "it has several values. Send each job on its own."
        : IsCut(json) ? "it ends before all braces and brackets are closed."
        : json.TrimEnd(Blanks) is [.., (byte)','] rest && broken.BytePositionInLine == rest.Length - 1
            ? "a comma follows it. Remove it."
        : $"{broken.Message.Split(" Path:")[0].Split(" LineNumber:")[0]}{Place(broken)}";

    static string Place(JsonException broken) => (broken.LineNumber, broken.BytePositionInLine) switch
    {
        (_, null) => "",
        (null or 0, { } at) => $" Byte {at + 1}.",
        ({ } line, { } at) => $" Line {line + 1}, byte {at + 1}.",
    };

    // A comment and a comma before a bracket are not what is missing.
    static JsonReaderOptions Tolerant =>
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    static bool IsCut(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new(Tolerant));
        try
        {
            while (reader.Read())
            {
                // Up to the fault.
            }
            return reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray || reader.CurrentDepth > 0
                || reader.BytesConsumed < json.Length;
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
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != OperationStatus.Done)
                return at;
            at += length;
        }
        return bytes.Length;
    }

    static FailureException Wrong(string message) =>
        new(new(FailureKind.Permanent, FailureCodes.Unreadable, message, Remedy.Sender));
}
