using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Embeddings;

/// <summary>A vector in the requested encoding, whichever the provider uses.</summary>
static class VectorReading
{
    /// <summary>
    /// The vectors of an answer, in the order of their texts. Cohere, Ollama and Google use members of their own.
    /// </summary>
    public static IEnumerable<JsonElement> ItemsOf(JsonElement body) => body.Member("data") switch
    {
        { ValueKind: JsonValueKind.Array } list =>
            list.EnumerateArray().OrderBy(item => item.Number("index"))
                .Select(item => item.Member("embedding") ?? default),
        { ValueKind: JsonValueKind.Object } one => [one.Member("embedding") ?? default],
        _ =>
            (body.Member("embeddings")?.Member("float")
                ?? body.Member("embeddings")) is { ValueKind: JsonValueKind.Array } several ? several.EnumerateArray()
            : body.Member("embedding") is { } only ? [only]
            : [],
    };

    /// <param name="answer">The answer.</param>
    /// <param name="given">The vector.</param>
    /// <param name="asBytes">Whether to return bytes.</param>
    /// <param name="areOther">Whether the bytes may be of another type than 32-bit floats: then they are passed on
    /// unchanged.</param>
    public static Embedding Of(ProviderResponse answer, JsonElement given, bool asBytes, bool areOther)
    {
        if (areOther && given.ValueKind == JsonValueKind.String && LenientBase64.Bytes(given.GetString()!) is not null)
            return new() { Base64 = given.GetString() };
        var numbers = given switch
        {
            // JSON inside a text.
            { ValueKind: JsonValueKind.String } when given.GetString() is ['[', ..] written =>
                LenientJson.Parse(Encoding.UTF8.GetBytes(written)) is { ValueKind: JsonValueKind.Array } list
                    ? Numbers(list)
                    : null,
            { ValueKind: JsonValueKind.String } => Unpacked(given.GetString()!),
            { ValueKind: JsonValueKind.Array } => Numbers(Flat(given)),
            { ValueKind: JsonValueKind.Object } =>
                (given.Member("float") ?? given.Member("values")) is { ValueKind: JsonValueKind.Array } inside
                    ? Numbers(inside)
                    : null,
            _ => null,
        };
        if (numbers is not { Count: > 0 } || !numbers.TrueForAll(double.IsFinite))
            throw answer.Broken("a vector that is neither numbers nor base64");
        return asBytes ? new() { Base64 = Packed(numbers) } : new() { Vector = numbers };
    }

    // Some servers put the vector into a list of its own.
    static JsonElement Flat(JsonElement numbers) =>
        numbers.GetArrayLength() == 1 && numbers[0].ValueKind == JsonValueKind.Array ? numbers[0] : numbers;

    static List<double>? Numbers(JsonElement list)
    {
        var numbers = new List<double>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (Number(item) is not { } number)
                return null;
            numbers.Add(number);
        }
        return numbers;
    }

    static double? Number(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Number => item.GetDouble(),
        JsonValueKind.String when double.TryParse(item.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture,
            out var read) => read,
        _ => null,
    };

    static List<double>? Unpacked(string base64)
    {
        if (LenientBase64.Bytes(base64) is not { } bytes || bytes.Length % sizeof(float) != 0)
            return null;
        var numbers = new List<double>(bytes.Length / sizeof(float));
        for (var at = 0; at < bytes.Length; at += sizeof(float))
            numbers.Add(BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at)));
        return numbers;
    }

    static string Packed(List<double> numbers)
    {
        var bytes = new byte[numbers.Count * sizeof(float)];
        for (var index = 0; index < numbers.Count; index++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), (float)numbers[index]);
        return Convert.ToBase64String(bytes);
    }
}
