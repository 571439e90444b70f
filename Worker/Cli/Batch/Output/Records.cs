namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// Splits an output into records: lines of JSON, or rows of CSV, in which a cell may have line breaks.
/// </summary>
static class Records
{
    const int Block = 1 << 16;

    /// <summary>The complete records, each with its line end, and last the rest of a torn one, if any.</summary>
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
            // A quote within a cell is doubled, which toggles twice.
            isQuoted ^= bytes[at] == (byte)'"';
            if (bytes[at] == (byte)'\n' && !isQuoted)
                return at + 1;
        }
        return null;
    }
}

/// <param name="Offset">Its position in the stream.</param>
/// <param name="Bytes">The bytes, with the line end if there is one.</param>
/// <param name="IsWhole">Whether the record is complete.</param>
sealed record OutputRecord(long Offset, byte[] Bytes, bool IsWhole)
{
    public RecordPlace Place => new(Offset, Bytes.Length);
}

/// <summary>Where a record is: for a million of them, without their bytes.</summary>
readonly record struct RecordPlace(long Offset, int Length);
