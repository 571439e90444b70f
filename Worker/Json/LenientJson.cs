using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Json;

/// <summary>
/// Reads JSON that was paid for. It is parsed strictly first, so a valid answer costs nothing more; only JSON that a
/// strict parser refuses is repaired (<see cref="JsonRepair"/>) and parsed once more.
/// </summary>
static partial class LenientJson
{
    // A repair needs several times the memory of the text.
    const int MostToRepair = 16 * 1024 * 1024;

    // A parser keeps 12 bytes for each value: 64 MiB of [0,0,…] would take 400 more. The largest real answer has 2,048
    // embeddings with 3,072 numbers.
    const int MostValues = 8 * 1024 * 1024;

    /// <summary>
    /// The deepest nesting of objects and lists. What an answer nests deeper is read as a text: seldom is it used.
    /// </summary>
    public const int Deepest = 256;

    static readonly JsonDocumentOptions Strict = new() { MaxDepth = Deepest };

    static readonly JsonDocumentOptions Tolerant = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = Deepest
    };

    /// <summary>The JSON; null if it is invalid even after a repair.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        json = WithoutMark(json);
        if (HasTooManyValues(json))
            return null;
        try
        {
            if (WholeText.IsWhole(json))
                return JsonElement.Parse(json, Strict);
        }
        catch (JsonException)
        {
            // Repaired below.
        }
        return Repaired(json) is { } repaired
            ? Try(() => (JsonElement?)JsonElement.Parse(NotTooDeep(repaired), Tolerant))
            : null;
    }

    /// <summary>The same without a copy: the document refers to the bytes until it is disposed.</summary>
    public static JsonDocument? Open(ReadOnlyMemory<byte> json)
    {
        json = json[(json.Length - WithoutMark(json.Span).Length)..];
        if (HasTooManyValues(json.Span))
            return null;
        if (WholeText.IsWhole(json.Span) && Try(() => JsonDocument.Parse(json, Strict)) is { } sound)
            return sound;
        return Repaired(json.Span) is { } repaired
            ? Try(() => JsonDocument.Parse(NotTooDeep(repaired), Tolerant))
            : null;
    }

    /// <summary>
    /// A sender's JSON, parsed strictly except for comments and trailing commas; null if it is invalid.
    /// </summary>
    /// <remarks>It refers to the bytes instead of copying them.</remarks>
    public static JsonElement? ParseBody(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Tolerant with { MaxDepth = 0 }).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether several values follow each other, such as the lines of JSONL.</summary>
    public static bool IsSeveral(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(WithoutMark(json), new JsonReaderOptions { AllowMultipleValues = true });
        var values = 0;
        try
        {
            while (values < 2 && reader.Read())
            {
                reader.Skip();
                values++;
            }
        }
        catch (JsonException)
        {
            return false;
        }
        return values > 1;
    }

    /// <summary>A model's text: strictly JSON, except that halves of surrogate pairs become U+FFFD.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonElement ParseText(string text)
    {
        var json = JsonElement.Parse(text, Strict);
        return text.Contains(@"\u", StringComparison.Ordinal)
            && WholeText.HasHalfACharacter(Encoding.UTF8.GetBytes(text))
            ? JsonElement.Parse(JsonRepair.Of(text), Strict)
            : json;
    }

    /// <summary>
    /// The same with comments, raw line breaks inside texts and everything else that can be repaired; but nothing may
    /// follow it.
    /// </summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonElement ParseLoose(string text) => JsonElement.Parse(JsonRepair.Of(text, whole: true), Tolerant);

    /// <summary>Whether it is nested too deep to be read.</summary>
    public static bool IsTooDeep(ReadOnlySpan<byte> json, int deepest = Deepest)
    {
        var (depth, isText) = (0, false);
        for (var at = 0; at < json.Length && depth <= deepest; at++)
        {
            if (isText && json[at] == '\\')
                at++;
            else if (json[at] == '"')
                isText = !isText;
            else if (!isText)
                depth += json[at] switch { (byte)'{' or (byte)'[' => 1, (byte)'}' or (byte)']' => -1, _ => 0 };
        }
        return depth > deepest;
    }

    static byte[] NotTooDeep(byte[] json) => IsTooDeep(json) ? DeepJson.Flattened(json, Deepest) : json;

    static T? Try<T>(Func<T?> parse)
    {
        try
        {
            return parse();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    static bool HasTooManyValues(ReadOnlySpan<byte> json) => json.Length > MostValues
        && (long)json.Count((byte)',') + json.Count((byte)':') + json.Count((byte)'[')
        + json.Count((byte)'{') > MostValues;

    static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    // Invalid UTF-8 becomes U+FFFD.
    static byte[]? Repaired(ReadOnlySpan<byte> json)
    {
        if (json.Length is 0 or > MostToRepair)
            return null;
        var encoding = json switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
        return Encoding.UTF8.GetBytes(JsonRepair.Of(WithoutNoise(encoding.GetString(json).TrimStart('\uFEFF'))));
    }

    // Lines that gateways send while they wait (": PROCESSING"), warnings that PHP prints, prefixes that keep browsers
    // from running JSON, a call of a function around it, and a fence.
    static string WithoutNoise(string text) => Noise().Match(text) is { Length: > 0 and var end } ? text[end..] : text;

    [GeneratedRegex(@"^\s*(?:(?::[^\n]*|\)\]\}'[^\n]*|```\w*|(?:<br ?/?>\s*)*<b>[A-Z][a-z ]+</b>:[^\n]*|while ?\(1\);"
        + @"|for ?\(;;\);|(?:/\*\*/ ?)?[A-Za-z_$][\w.$]{0,63}\((?=\s*[{\[]))\s*)+")]
    private static partial Regex Noise();
}
