namespace OpenAIWorker.Payloads;

/// <summary>What a recording is by its first bytes. Raw samples have nothing to tell them by.</summary>
static class SoundKinds
{
    /// <summary>How many bytes are looked at.</summary>
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
        // A frame of MPEG begins with eleven bits, and names its layer; AAC's frames have none.
        [0xFF, >= 0xE0 and var second, var third, ..]
            when (second & 0x06) != 0 && (third & 0xF0) != 0xF0 => "audio/mpeg",
        [0xFF, 0xF1 or 0xF9, ..] => "audio/aac",
        _ => null,
    };

    /// <summary>The type of bytes that were to be in a format: Opus, for one, comes in Ogg.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="asked">The type of the format.</param>
    public static string? Of(ReadOnlySpan<byte> bytes, string? asked) => (Of(bytes), asked) switch
    {
        ("audio/ogg", "audio/opus") => "audio/opus",
        var (seen, _) => seen,
    };
}
