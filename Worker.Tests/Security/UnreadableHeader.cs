using System.Buffers.Binary;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security;

/// <summary>A header that exists in AMQP and that RabbitMQ.Client cannot read.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Type">Its type in AMQP.</param>
/// <param name="Content">What follows its type, without the length.</param>
sealed record UnreadableHeader(string Name, char Type, byte[] Content)
{
    const string Header = "odd";

    // With the table around it, exactly a frame of 128 KB.
    const int Frame = 130_000;

    public static readonly IReadOnlyList<UnreadableHeader> All =
    [
        new("a decimal of 29 places in a list", 'A', [.. Decimal(29)]),
        new("a decimal of 255 places in a table", 'F', [.. Key(), .. Decimal(255)]),
        new("decimals in lists in tables", 'F',
            [.. Key(), .. Around('A',
                [.. Decimal(200), .. Around('F', [.. Key(), .. Decimal(77), .. Key(), .. Decimal(28)])])]),
        new("lists in each other", 'A', Deep('A', [])),
        new("tables in each other", 'F', Deep('F', Key())),
    ];

    /// <summary>What the client writes, and what is sent instead.</summary>
    public (byte[] Written, byte[] Sent) Forgery => (Bytes('x'), Bytes(Type));

    /// <summary>The header as the client can write it.</summary>
    public BasicProperties Properties(string job) =>
        new()
        {
            MessageId = job,
            Headers = new Dictionary<string, object?>
            {
                ["before"] = 1,
                [Header] = new BinaryTableValue(Content),
                ["after"] = "text"
            }
        };

    public static byte[] Decimal(byte places) => [(byte)'D', places, 0, 0, 0, 1];

    public static byte[] Around(char type, byte[] content) => [(byte)type, .. Length(content.Length), .. content];

    public static byte[] Key(string name = "k") => [(byte)name.Length, .. System.Text.Encoding.ASCII.GetBytes(name)];

    // Each contains only the next, and the key before it.
    static byte[] Deep(char type, byte[] key)
    {
        var each = key.Length + 1 + sizeof(uint);
        var content = new byte[Frame / each * each];
        for (var at = 0; at < content.Length; at += each)
        {
            key.CopyTo(content, at);
            content[at + key.Length] = (byte)type;
            Length(content.Length - at - each).CopyTo(content, at + key.Length + 1);
        }
        return content;
    }

    static byte[] Bytes(char type) => [.. Key(Header), (byte)type];

    static byte[] Length(int length)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)length);
        return bytes;
    }
}
