using System.Text.Json;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Operations;

/// <summary>
/// An image out of an answer. Its bytes know better what they are than the words around them, which must not become
/// part of a path.
/// </summary>
static class MadeImage
{
    const string Usual = "image/png";
    const string Kind = "image/";

    /// <param name="item">Where it is in the answer.</param>
    /// <param name="format">The format that was asked for, or that the answer names for all.</param>
    /// <returns>Null: there is none, or none that can be read.</returns>
    public static MadeBytes? Of(JsonElement item, string? format = null) =>
        InlineMedia.BytesOf(item) is { } bytes
            ? Of(bytes, InlineMedia.TypeOf(item), item.Text("output_format") ?? format)
            : null;

    /// <param name="bytes">The image.</param>
    /// <param name="told">The type that it is said to be.</param>
    /// <param name="format">The format that was asked for.</param>
    public static MadeBytes Of(byte[] bytes, string? told, string? format)
    {
        var type = ImageKinds.Of(bytes) ?? Image(told) ?? Image(ContentTypes.OfName($".{format}")) ?? Usual;
        // JPEG has two endings, and the one that was asked for is kept.
        var asked = format?.All(char.IsAsciiLetterOrDigit) == true && ContentTypes.OfName($".{format}") == type
            ? $".{format}"
            : null;
        return new(bytes, "image", type, asked ?? ContentTypes.EndingOf(type) ?? $".{type[Kind.Length..]}");
    }

    // It becomes part of a name.
    static string? Image(string? type) =>
        type?.StartsWith(Kind, StringComparison.Ordinal) == true && type.Length > Kind.Length
        && (ContentTypes.EndingOf(type) is not null || type[Kind.Length..].All(char.IsAsciiLetterOrDigit))
        ? type
        : null;
}
