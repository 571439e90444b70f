using System.Buffers.Binary;
using System.IO.Compression;

namespace OpenAIWorker.Emulator.Replies;

/// <summary>An image of one pixel in each format.</summary>
static class Pictures
{
    static readonly byte[] Jpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
            + "BAQEBAQEBAQEBAQH"
        + "/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z");

    static readonly byte[] Webp = Convert.FromBase64String("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

    static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAB6Q/wAAACwAAAAAAQABAAACAkQBADs=");

    static readonly byte[] Svg =
        """<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1" fill="#1e90ff"/></svg>"""u8.ToArray();

    public static byte[] Png { get; } =
    [
        .. "\u0089PNG\r\n\u001a\n".Select(letter => (byte)letter),
        // One pixel wide and high, 8 bits, red, green and blue.
        .. Chunk("IHDR"u8, [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]),
        .. Chunk("IDAT"u8, Deflated([0, 0x1E, 0x90, 0xFF])),
        .. Chunk("IEND"u8, []),
    ];

    public static byte[] Of(string? format) => format switch
    {
        "jpeg" => Jpeg,
        "webp" => Webp,
        "gif" => Gif,
        "svg" => Svg,
        _ => Png,
    };

    static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] named = [.. type, .. data];
        return [.. BigEndian((uint)data.Length), .. named, .. BigEndian(Crc(named))];
    }

    static byte[] Deflated(byte[] line)
    {
        using var whole = new MemoryStream();
        using (var deflating = new ZLibStream(whole, CompressionLevel.Optimal))
        {
            deflating.Write(line);
        }

        return whole.ToArray();
    }

    static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    // CRC-32 as in https://www.w3.org/TR/png/#D-CRCAppendix.
    static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var part in bytes)
        {
            crc ^= part;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
