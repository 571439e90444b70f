namespace OpenAIWorker.Payloads;

/// <summary>
/// The types of the files that OpenAI accepts, by the extensions of their names. Of several extensions, the first one
/// is used for new names.
/// </summary>
static class ContentTypes
{
    public const string Unknown = "application/octet-stream";

    static readonly (string Ending, string Type)[] Types =
    [
        (".png", "image/png"), (".jpg", "image/jpeg"), (".jpeg", "image/jpeg"), (".webp", "image/webp"),
        (".gif", "image/gif"), (".svg", "image/svg+xml"), (".bmp", "image/bmp"),
        (".mp3", "audio/mpeg"), (".mpga", "audio/mpeg"), (".mpeg", "video/mpeg"), (".mp4", "video/mp4"),
        (".m4a", "audio/mp4"), (".flac", "audio/flac"),
        (".ogg", "audio/ogg"), (".oga", "audio/ogg"), (".opus", "audio/opus"), (".wav", "audio/wav"),
        (".webm", "audio/webm"), (".aac", "audio/aac"), (".pcm", "audio/pcm"),
        (".pdf", "application/pdf"), (".json", "application/json"), (".jsonl", "application/jsonl"),
        (".txt", "text/plain"), (".csv", "text/csv"),
        (".md", "text/markdown"), (".html", "text/html"), (".xml", "application/xml"), (".zip", "application/zip"),
        (".srt", "application/x-subrip"), (".vtt", "text/vtt"),
        (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ];

    public static string? OfName(string? fileName) =>
        Types.FirstOrDefault(known =>
            known.Ending.Equals(Path.GetExtension(fileName), StringComparison.OrdinalIgnoreCase)).Type;

    /// <summary>A specific type; null for a generic one.</summary>
    public static string? Known(string? type) =>
        string.IsNullOrWhiteSpace(type) || type.Equals(Unknown, StringComparison.OrdinalIgnoreCase) ? null : type;

    /// <summary>A name for bytes without one.</summary>
    public static string NameFor(string? type) => "file" + EndingOf(type);

    /// <summary>The extension for a type, with its dot; null for an unknown type.</summary>
    public static string? EndingOf(string? type) =>
        Types.FirstOrDefault(known => known.Type.Equals(type, StringComparison.OrdinalIgnoreCase)).Ending;
}
