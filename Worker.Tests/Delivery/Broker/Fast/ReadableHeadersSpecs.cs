using System.Buffers.Binary;
using System.Text;
using OpenAIWorker.Delivery.Broker.Fast;
using OpenAIWorker.Tests.Security;

namespace OpenAIWorker.Tests.Delivery.Broker.Fast;

/// <summary>Frames of a broker in pieces of any size.</summary>
public sealed class ReadableHeadersSpecs
{
    const byte Method = 1;
    const byte Header = 2;
    const byte Body = 3;
    const byte Heartbeat = 8;

    public static TheoryData<int> Pieces => [1, 2, 3, 7, 64, 4096, 1_000_000];

    // All types, so that the value after each is found.
    static readonly byte[] EveryType =
    [
        .. Named('t', 1), .. Named('b', 1), .. Named('B', 1), .. Named('s', 2), .. Named('u', 2), .. Named('I', 4),
        .. Named('i', 4), .. Named('f', 4), .. Named('l', 8), .. Named('d', 8),
        .. Named('T', 8), .. Named('V', 0), .. Around('S', "a text"u8), .. Around('S', []),
        .. Around('x', "DDDDDDDD"u8), .. Around('A', []), .. Around('F', []),
    ];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Only_decimals_that_cannot_be_read_are_changed_wherever_a_piece_ends(int size)
    {
        byte[] All(byte high, byte highest) =>
        [
            .. Frame(Method, [0, 10, 0, 10, .. "DDDDDDDD"u8]),
            .. Frame(Header, Properties(contentType: "application/json", encoding: "gzip",
                [.. EveryType, .. Decimal(high), .. EveryType, .. Decimal(5)])),
            .. Frame(Body, [.. Key("D"), (byte)'D', 200, 0, 0, 0, 1]),
            .. Frame(Heartbeat, []),
            .. Frame(Header, Properties(contentType: null, encoding: "",
                [.. Around('A', [.. UnreadableHeader.Decimal(highest), .. UnreadableHeader.Around('F', Decimal(high))]),
                    .. Decimal(highest)])),
            .. Frame(Header, Properties(contentType: "text/plain", encoding: null, null)),
            .. Frame(Header, Properties(contentType: null, encoding: null, Decimal(high))),
        ];

        Assert.Equal(All(28, 28), Mended(All(29, 255), size));
    }

    [Theory]
    [InlineData(ReadableHeaders.Deepest - 1)]
    [InlineData(ReadableHeaders.Deepest)]
    [InlineData(1000)]
    public void What_is_nested_too_deep_becomes_bytes_of_the_same_length(int lists)
    {
        // The table of the headers is around the outermost.
        byte[] All(char tooDeep, byte places)
        {
            var nested = Enumerable.Range(1, lists).Reverse()
                .Aggregate(Array.Empty<byte>(),
                    (inner, depth) => UnreadableHeader.Around(depth == ReadableHeaders.Deepest ? tooDeep : 'A', inner));
            return [.. Frame(Header, Properties(null, null, [.. Key("deep"), .. nested, .. Decimal(places)])),
                .. Frame(Header, Properties(null, null, Decimal(places)))];
        }

        Assert.Equal(All('x', 28), Mended(All('A', 99), 10));
    }

    [Fact]
    public void A_frame_that_lies_about_its_length_is_left_to_the_client()
    {
        byte[] lies = [.. Frame(Header, Properties(null, null, [.. Key("k"), (byte)'S', 0xff, 0xff, 0xff, 0xff])),
            .. Frame(Header, Properties(null, null, Decimal(99)))];

        Assert.Equal(lies, Mended(lies, 5));
    }

    static byte[] Mended(byte[] frames, int size)
    {
        var (mended, headers) = (frames.ToArray(), new ReadableHeaders());
        for (var at = 0; at < mended.Length; at += size)
            headers.Mend(mended.AsMemory(at, Math.Min(size, mended.Length - at)));
        return mended;
    }

    static byte[] Frame(byte type, byte[] payload) => [type, 0, 7, .. Number((uint)payload.Length), .. payload, 0xce];

    // A null table does not exist at all.
    static byte[] Properties(string? contentType, string? encoding, byte[]? table)
    {
        var flags = (ushort)((contentType is null
            ? 0
            : 0x8000) | (encoding is null
            ? 0
            : 0x4000) | (table is null
            ? 0
            : 0x2000) | 0x1000);
        return
        [
            0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, (byte)(flags >> 8), (byte)flags,
            .. contentType is null ? [] : Key(contentType), .. encoding is null ? [] : Key(encoding),
            .. table is null ? [] : (byte[])[.. Number((uint)table.Length), .. table],
            2,
        ];
    }

    static byte[] Key(string name) => UnreadableHeader.Key(name);

    static byte[] Decimal(byte places) => [.. Key("decimal"), .. UnreadableHeader.Decimal(places)];

    // With bytes that look like the beginning of a decimal.
    static byte[] Named(char type, int width) =>
        [.. Key($"of {type}"), (byte)type, .. Encoding.ASCII.GetBytes(new string('D', width))];

    static byte[] Around(char type, ReadOnlySpan<byte> content) =>
        [.. Key($"with {type}"), .. UnreadableHeader.Around(type, content.ToArray())];

    static byte[] Number(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
