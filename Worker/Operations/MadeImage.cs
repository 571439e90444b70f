using System.Text.Json;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations;

/// <summary>
/// An image in an answer. Its bytes show its type better than the answer's members, which must not become part of a
/// path.
/// </summary>
static class MadeImage
{
    const string Usual = "image/png";
    const string Kind = "image/";

    /// <param name="item">The part of the answer.</param>
    /// <param name="format">The format that was requested, or that the answer names for all.</param>
    /// <returns>Null: there is none, or it cannot be read, or is a text, such as an error.</returns>
    public static MadeBytes? Of(JsonElement item, string? format = null) =>
        InlineMedia.BytesOf(item) is { } bytes && (ImageKinds.Of(bytes) is not null || !WordsInstead.IsLongText(bytes))
            ? Of(bytes, InlineMedia.TypeOf(item), item.Text("output_format") ?? format)
            : null;

    /// <param name="bytes">The image.</param>
    /// <param name="told">The stated type.</param>
    /// <param name="format">The requested format.</param>
    public static MadeBytes Of(byte[] bytes, string? told, string? format)
    {
        var type = ImageKinds.Of(bytes) ?? Image(told) ?? Image(ContentTypes.OfName($".{format}")) ?? Usual;
        // JPEG has two extensions; the requested one is used.
        var asked = format?.All(char.IsAsciiLetterOrDigit) == true && ContentTypes.OfName($".{format}") == type
            ? $".{format}"
            : null;
        return new(bytes, "image", type, asked ?? ContentTypes.EndingOf(type) ?? $".{type[Kind.Length..]}");
    }

    // It becomes part of a file name.
    static string? Image(string? type) =>
        type?.StartsWith(Kind, StringComparison.Ordinal) == true && type.Length > Kind.Length
        && (ContentTypes.EndingOf(type) is not null || type[Kind.Length..].All(char.IsAsciiLetterOrDigit))
        ? type
        : null;
}
