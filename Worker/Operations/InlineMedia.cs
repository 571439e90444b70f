using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations;

/// <summary>
/// Images and sound inside the JSON of an answer, under the names that servers use. They are large, so they are
/// examined in the JSON's bytes without a copy.
/// </summary>
static class InlineMedia
{
    const int Deepest = 4;
    const int LeastHex = 48;

    static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    // The simplest first: beside the bytes there may be an address as well.
    static readonly string[] Names =
    [
        "b64_json", "b64", "base64", "image_base64", "audio_base64", "audio_content", "audioContent", "inline_data",
        "inlineData", "source", "data", "result", "output", "image", "audio", "audios",
        "image_url", "url",
    ];

    /// <summary>Whether a content part is an image, by its type or its members.</summary>
    public static bool IsOne(JsonElement part) =>
        part.Text("type")?.Contains("image", StringComparison.OrdinalIgnoreCase) == true
            || (part.Member("inline_data") ?? part.Member("inlineData")) is not null;

    /// <summary>Whether it has bytes, valid or not, and not only an address.</summary>
    public static bool Has(JsonElement item) => Find(item, isAddress: false, Deepest) is not null;

    /// <summary>The bytes; null if there are none, or they cannot be read.</summary>
    public static byte[]? BytesOf(JsonElement item) => Find(item, isAddress: false, Deepest) switch
    {
        null => null,
        { } hex when IsHex(JsonMarshal.GetRawUtf8Value(hex)[1..^1]) =>
            Convert.FromHexString(JsonMarshal.GetRawUtf8Value(hex)[1..^1]),
        // Nearly all are valid.
        { } plain when plain.TryGetBytesFromBase64(out var bytes) && bytes.Length > 0 => bytes,
        { } other => LenientBase64.Bytes(other.GetString()!),
    };

    /// <summary>The stated type of the bytes, such as <c>image/png</c>; null if none is stated.</summary>
    public static string? TypeOf(JsonElement item) =>
        Find(item, isAddress: false, Deepest) is { } found && Begins(found, "data:"u8)
            ? OfData(found.GetString()!)
            : Told(item, Deepest);

    /// <summary>The address of the image; null if there is none.</summary>
    public static string? UrlOf(JsonElement item) => Find(item, isAddress: true, Deepest)?.GetString();

    static JsonElement? Find(JsonElement item, bool isAddress, int depth)
    {
        if (item.ValueKind == JsonValueKind.String)
            return IsFull(item) && isAddress == (Begins(item, "http://"u8) || Begins(item, "https://"u8)) ? item : null;
        if (depth == 0)
            return null;
        if (item.ValueKind == JsonValueKind.Array)
            return item.EnumerateArray().Select(one => Find(one, isAddress, depth - 1))
                .FirstOrDefault(found => found is not null);
        foreach (var name in Names)
        {
            if (item.Member(name) is { } inner && Find(inner, isAddress, depth - 1) is { } found)
                return found;
        }
        return null;
    }

    static string? Told(JsonElement item, int depth) => item.ValueKind != JsonValueKind.Object || depth == 0 ? null
        : item.Text("mime_type") ?? item.Text("mimeType") ?? item.Text("media_type") ?? item.Text("content_type")
            ?? Names.Select(name => item.Member(name) is { } inner ? Told(inner, depth - 1) : null)
            .FirstOrDefault(told => told is not null);

    // data:image/png;base64,…
    static string? OfData(string address)
    {
        var told = address.AsSpan("data:".Length);
        told = told[..Math.Max(told.IndexOfAny(',', ';'), 0)];
        return told.IsEmpty ? null : told.ToString().ToLowerInvariant();
    }

    // MiniMax writes sound so. Base64 of this length has other letters, too.
    static bool IsHex(ReadOnlySpan<byte> text) =>
        text.Length >= LeastHex && text.Length % 2 == 0 && !text.ContainsAnyExcept(HexDigits);

    static bool IsFull(JsonElement text) => JsonMarshal.GetRawUtf8Value(text).Length > 2 && !text.ValueEquals("null"u8);

    // No program escapes the first letters of an address.
    static bool Begins(JsonElement text, ReadOnlySpan<byte> with) =>
        JsonMarshal.GetRawUtf8Value(text) is var raw && raw.Length > with.Length
            && Ascii.EqualsIgnoreCase(raw.Slice(1, with.Length), with);
}
