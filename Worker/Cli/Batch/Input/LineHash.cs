using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>The first half of the SHA-256 of a line's content and what the command line adds to it.</summary>
readonly record struct LineHash(UInt128 Value)
{
    const int Digits = 32;

    // One for all lines that a thread reads: to create one costs more than to hash a line.
    [ThreadStatic]
    static IncrementalHash? reused;

    static IncrementalHash Hash => reused ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static LineHash Of(ReadOnlySpan<byte> line, ReadOnlySpan<byte> added)
    {
        var hash = Hash;
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
        Span<byte> both = stackalloc byte[Digits];
        BinaryPrimitives.WriteUInt128BigEndian(both, Value);
        BinaryPrimitives.WriteUInt128BigEndian(both[(Digits / 2)..], next.Value);
        return Of(both, []);
    }

    public static bool TryRead(string? text, out LineHash hash)
    {
        var isOne = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && text!.Length == Digits;
        hash = new(value);
        return isOne;
    }

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    static LineHash Of(IncrementalHash hash)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        return new(BinaryPrimitives.ReadUInt128BigEndian(whole));
    }
}
