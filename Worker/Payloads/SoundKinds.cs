namespace OpenAIWorker.Payloads;

/// <summary>The type of a recording by its first bytes. Raw samples cannot be recognised.</summary>
static class SoundKinds
{
    /// <summary>The number of bytes that are examined.</summary>
    public const int Looked = 12;

    public static string? Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] =>
            "audio/wav",
        [(byte)'I', (byte)'D', (byte)'3', ..] => "audio/mpeg",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => "audio/flac",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "audio/webm",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "audio/mp4",
        // An MPEG frame begins with eleven set bits, and names its layer; AAC's frames have none.
        [0xFF, >= 0xE0 and var second, var third, ..]
            when (second & 0x06) != 0 && (third & 0xF0) != 0xF0 => "audio/mpeg",
        [0xFF, 0xF1 or 0xF9, ..] => "audio/aac",
        _ => null,
    };

    /// <summary>The type of bytes for a requested format: Opus, for example, arrives in Ogg.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="asked">The type of the requested format.</param>
    public static string? Of(ReadOnlySpan<byte> bytes, string? asked) => (Of(bytes), asked) switch
    {
        ("audio/ogg", "audio/opus") => "audio/opus",
        var (seen, _) => seen,
    };
}
