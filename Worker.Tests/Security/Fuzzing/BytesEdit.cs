using CsCheck;

namespace OpenAIWorker.Tests.Security.Fuzzing;

enum BytesEditKind
{
    None,
    Mark,
    Cut,
    Insert,
    Empty,
    Twice,
}

/// <summary>A change of bytes, whatever they mean.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="At">The position, in thousandths of the whole.</param>
/// <param name="Byte">The inserted byte.</param>
sealed record BytesEdit(BytesEditKind Kind, int At, byte Byte)
{
    static readonly byte[] Bytes = [0, 1, 0x22, 0x5c, 0x7b, 0x80, 0xc0, 0xed, 0xf4, 0xfe, 0xff];

    public static readonly Gen<BytesEdit> Any = Gen.Select(
        Gen.FrequencyConst(
            (60, BytesEditKind.None), (2, BytesEditKind.Mark), (2, BytesEditKind.Cut), (4, BytesEditKind.Insert),
            (1, BytesEditKind.Empty), (1, BytesEditKind.Twice)),
        Gen.Int[0, 1_000], Gen.OneOfConst(Bytes), (kind, at, put) => new BytesEdit(kind, at, put));

    /// <param name="whole">The bytes.</param>
    /// <param name="from">Nothing is inserted before this position, such as into the name that identifies them.</param>
    public byte[] Apply(byte[] whole, int from = 0)
    {
        var at = Math.Max((int)((long)whole.Length * At / 1_000),
            Kind == BytesEditKind.Insert ? Math.Min(from, whole.Length) : 0);
        return Kind switch
        {
            BytesEditKind.Mark => [0xEF, 0xBB, 0xBF, .. whole],
            BytesEditKind.Cut => whole[..at],
            BytesEditKind.Insert => [.. whole[..at], Byte, .. whole[at..]],
            BytesEditKind.Empty => [],
            BytesEditKind.Twice => [.. whole, .. whole],
            _ => whole,
        };
    }
}
