using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>The first half of the SHA-256 of a line's content and what the command line adds to it.</summary>
readonly record struct LineHash(UInt128 Value)
{
    const int Digits = 32;

    public static LineHash Of(ReadOnlySpan<byte> line, ReadOnlySpan<byte> added)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(line);
        if (!added.IsEmpty)
        {
            hash.AppendData([0]);
            hash.AppendData(added);
        }
        return Of(hash);
    }

    /// <summary>A hash of all lines up to and including the next one.</summary>
    public LineHash Then(LineHash next)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Bytes());
        hash.AppendData(next.Bytes());
        return Of(hash);
    }

    public static bool TryRead(string? text, out LineHash hash)
    {
        var isOne = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && text!.Length == Digits;
        hash = new(value);
        return isOne;
    }

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    byte[] Bytes()
    {
        var bytes = new byte[Digits / 2];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    static LineHash Of(IncrementalHash hash) => new(BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset()));
}
