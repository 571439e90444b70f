namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>The records of an output: lines of JSON, or rows of CSV, in which a cell may have line breaks.</summary>
static class Records
{
    const int Block = 1 << 16;

    /// <summary>The whole records, each with its end, and last what a torn one left, if anything.</summary>
    public static IEnumerable<OutputRecord> Of(Stream stream, bool isTable)
    {
        stream.Position = 0;
        var (block, record, isQuoted, offset) = (new byte[Block], new MemoryStream(), false, 0L);
        while (stream.Read(block) is > 0 and var read)
        {
            var begin = 0;
            while (EndOf(block.AsSpan(begin, read - begin), isTable, ref isQuoted) is { } length)
            {
                record.Write(block, begin, length);
                begin += length;
                yield return new(offset, record.ToArray(), IsWhole: true);
                offset += record.Length;
                record.SetLength(0);
            }
            record.Write(block, begin, read - begin);
        }
        if (record.Length > 0)
            yield return new(offset, record.ToArray(), IsWhole: false);
    }

    static int? EndOf(ReadOnlySpan<byte> bytes, bool isTable, ref bool isQuoted)
    {
        if (!isTable)
            return bytes.IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : null;
        for (var at = 0; at < bytes.Length; at++)
        {
            // A quote within a cell is written twice, which turns back what it turned.
            isQuoted ^= bytes[at] == (byte)'"';
            if (bytes[at] == (byte)'\n' && !isQuoted)
                return at + 1;
        }
        return null;
    }
}

/// <param name="Offset">Where it begins.</param>
/// <param name="Bytes">With its end, where it has one.</param>
/// <param name="IsWhole">Whether it has one.</param>
sealed record OutputRecord(long Offset, byte[] Bytes, bool IsWhole)
{
    public int Length { get; init; } = Bytes.Length;
}
