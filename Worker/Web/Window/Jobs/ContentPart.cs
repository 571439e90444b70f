using System.Text.Json;
using OpenAIWorker.Json;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Web.Window.Parts;

namespace OpenAIWorker.Web.Window.Jobs;

/// <summary>A part of a request or an ending that a person reads, sees or hears.</summary>
/// <param name="Label">The speaker, or the kind of part.</param>
sealed record ContentPart(string Label)
{
    const int MostParts = 60;
    const int LongestText = 20_000;

    /// <summary>The text; null: it is bytes.</summary>
    public string? Text { get; init; }

    /// <summary>The number of characters that are not shown.</summary>
    public int Left { get; init; }

    /// <summary>The address of the bytes; null: they are at the provider or elsewhere.</summary>
    public string? Media { get; init; }

    /// <summary>How the bytes are shown.</summary>
    public MediaKind Kind { get; init; }

    // The contracts' members that hold texts. Other members are only in the JSON.
    static readonly HashSet<string> Texts = ["text", "prompt", "instructions", "input", "refusal", "arguments",
        "reasoning", "translation", "transcript", "revisedPrompt", "message", "description"];

    public static IReadOnlyList<ContentPart> Of(JobContent content)
    {
        var parts = new List<ContentPart>();
        if (content.Root is { } root)
            Add(content, root, "", "", parts);
        return parts;
    }

    static void Add(JobContent content, JsonElement at, string path, string label, List<ContentPart> parts)
    {
        if (parts.Count >= MostParts)
            return;
        if (at.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in at.EnumerateArray().Index())
                Add(content, item, $"{path}/{index}", label, parts);
            return;
        }
        if (at.ValueKind != JsonValueKind.Object)
            return;
        if (Bytes(content, at, path, label) is { } media)
        {
            parts.Add(media);
            return;
        }
        var role = at.TryGetProperty("role", out var said) && said.ValueKind == JsonValueKind.String
            ? said.GetString()!
            : label;
        foreach (var member in at.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String && Texts.Contains(member.Name))
                parts.Add(Read(member.Name == "text" ? role : member.Name, member.Value.GetString()!));
            else if (member.Name is not ("metadata" or "extra" or "schema" or "parameters" or "usage" or "error"))
                Add(content, member.Value, $"{path}/{Escaped(member.Name)}",
                    member.Name is "messages" or "history" ? "" : member.Name, parts);
        }
    }

    static ContentPart Read(string label, string text) => text.Length <= LongestText
        ? new(PlainText.Line(label)) { Text = PlainText.Of(text) }
        : new(PlainText.Line(label))
        {
            Text = PlainText.Of(Excerpt.Of(text, LongestText)),
            Left = text.Length - LongestText
        };

    static ContentPart? Bytes(JobContent content, JsonElement at, string path, string label)
    {
        var isInline = Is(at, "base64", JsonValueKind.String);
        var isKept = Is(at, "payload", JsonValueKind.Object);
        if (!isInline && !isKept)
            return null;
        var payload = isKept ? at.GetProperty("payload") : at;
        var type = Word(at, "contentType") ?? Word(payload, "contentType");
        var name = Word(at, "fileName") ?? Word(payload, "fileName");
        var length = payload.TryGetProperty("length", out var told) && told.TryGetInt64(out var bytes)
            ? bytes
            : isInline ? at.GetProperty("base64").GetString()!.Length * 3L / 4 : 0;
        return new(string.Join(", ", new[] { label, name, type, length > 0 ? Size(length) : null }
            .Where(word => word is { Length: > 0 })))
        {
            Media = JobAddress.Of(JobAddress.Media, content.Job, ("of", content.Name), ("at", path)),
            Kind = KindOf(type, label),
        };
    }

    static MediaKind KindOf(string? type, string label) => type switch
    {
        _ when type?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true => MediaKind.Image,
        _ when type?.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) == true => MediaKind.Sound,
        null when label.StartsWith("image", StringComparison.Ordinal) || label == "mask" => MediaKind.Image,
        null when label is "audio" or "sound" => MediaKind.Sound,
        _ => MediaKind.File,
    };

    static bool Is(JsonElement at, string name, JsonValueKind kind) =>
        at.TryGetProperty(name, out var member) && member.ValueKind == kind;

    static string? Word(JsonElement at, string name) =>
        at.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{Words.Number(bytes)} B",
        < 1024 * 1024 => $"{Words.Number(bytes / 1024.0)} KiB",
        _ => $"{Words.Number(bytes / 1024.0 / 1024)} MiB",
    };

    // RFC 6901.
    static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

/// <summary>How bytes are shown.</summary>
enum MediaKind
{
    File,
    Image,
    Sound,
}
