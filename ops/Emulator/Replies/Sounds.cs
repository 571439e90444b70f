using System.Buffers.Binary;

namespace OpenAIWorker.Emulator.Replies;

/// <summary>A moment of silence in each format. It is short, but players and decoders accept it.</summary>
static class Sounds
{
    const int SamplesPerSecond = 24_000;
    const int BytesPerSample = 2;

    // 0.1 s of one channel.
    static readonly byte[] Pcm = new byte[SamplesPerSecond / 10 * BytesPerSample];

    // MPEG 1 layer III, 128 kbit/s, 44.1 kHz: such a frame has 417 bytes, and zeros are silence.
    static readonly byte[] Mp3 = [0xFF, 0xFB, 0x90, 0x00, .. new byte[413]];

    // An ADTS frame of AAC-LC, 44.1 kHz, one channel.
    static readonly byte[] Aac = [0xFF, 0xF1, 0x50, 0x40, 0x01, 0xBF, 0xFC, 0x00, 0xC8, 0x00, 0x80, 0x23, 0x80];

    // The stream's description without a frame.
    static readonly byte[] Flac = Convert.FromBase64String("ZkxhQ4AAACIQABAAAAAAAAAABdwA8AAAAADUHYzZjwCyBOmACZjs+EJ+");

    // Three Ogg pages: the head, the tags, and a frame of 20 ms.
    static readonly byte[] Opus = Convert.FromBase64String(
        "T2dnUwACAAAAAAAAAAABAAAAAAAAAF3pgQoBE09wdXNIZWFkAQE4AcBdAAAAAABPZ2dTAAAAAAAAAAAAAAEAAAABAAAAh1hgGgEQT3B1c1R"
            + "hZ3MAAAAA"
        + "AAAAAE9nZ1MABMADAAAAAAAAAQAAAAIAAAApk7DdAQP4//4=");

    public static (string Type, byte[] Bytes) Of(string? format) => format switch
    {
        "opus" => ("audio/opus", Opus),
        "aac" => ("audio/aac", Aac),
        "flac" => ("audio/flac", Flac),
        "wav" => ("audio/wav", [.. WavHead(), .. Pcm]),
        "pcm" => ("audio/pcm", Pcm),
        _ => ("audio/mpeg", Mp3),
    };

    static byte[] WavHead()
    {
        var head = new byte[44];
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), head.Length - 8 + Pcm.Length);
        "WAVEfmt "u8.CopyTo(head.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(24), SamplesPerSecond);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(28), SamplesPerSecond * BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(32), BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(34), BytesPerSample * 8);
        "data"u8.CopyTo(head.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(40), Pcm.Length);
        return head;
    }
}
