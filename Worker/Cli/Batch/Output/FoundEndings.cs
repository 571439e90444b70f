using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>Reads what earlier runs wrote into an output, and recognises a file that no batch wrote.</summary>
static class FoundEndings
{
    /// <param name="stream">The file, from its start.</param>
    /// <param name="name">The file's name, for the error message.</param>
    /// <param name="format">The format of its records.</param>
    /// <param name="restart">Whether its endings are ignored. Then the file is only checked: did a batch write
    /// it?</param>
    /// <returns>The position behind the last complete record, and the endings before it.</returns>
    /// <exception cref="SettingsException">No batch wrote the file, or a batch with other columns did.</exception>
    public static (long End, EarlierEndings Earlier) Of(Stream stream, string name, IOutputFormat format, bool restart)
    {
        var (end, earlier, isOurs) = (0L, new EarlierEndings(), false);
        foreach (var record in Records.Of(stream, format.IsTable))
        {
            if (!record.IsWhole && (Begins(record.Bytes, format) || isOurs && format.IsTable))
                break;
            var isHead = record.Offset == 0 && !format.Head.IsEmpty && format.Head.Span.SequenceEqual(record.Bytes);
            var ending = isHead || !record.IsWhole ? null : format.Read(record.Bytes);
            if (!isHead && ending is null)
                throw new SettingsException([Stranger(name, record, format)]);
            isOurs = true;
            if (restart)
                break;
            if (ending is not null)
                earlier.Add(ending);
            end = record.Offset + record.Bytes.Length;
        }
        return (end, earlier);
    }

    static string Stranger(string name, OutputRecord record, IOutputFormat format) => record.Offset == 0
        ? format.IsTable && record.Bytes.AsSpan().StartsWith(format.Beginning)
            ? $"{name} is the output of another batch: it has other columns. Name another file, or delete it. "
                + "Nothing was changed."
            : $"{name} is not the output of a batch, so it is not written to. Name another file, or delete it. Nothing "
                + "was changed."
        : $"{name} has content at byte {record.Offset} that no batch wrote. Name another file, or repair it. Nothing "
            + "was changed.";

    // Whether these bytes are the beginning of a record, as a killed run may leave it.
    static bool Begins(ReadOnlySpan<byte> torn, IOutputFormat format)
    {
        ReadOnlySpan<byte> first = format.IsTable ? format.Beginning : "{\"jobId\":"u8,
            other = format.IsTable ? format.Beginning : "{\"id\":\"batch_req_"u8;
        return Agrees(torn, first) || Agrees(torn, other);
    }

    static bool Agrees(ReadOnlySpan<byte> torn, ReadOnlySpan<byte> whole)
    {
        var length = Math.Min(torn.Length, whole.Length);
        return torn[..length].SequenceEqual(whole[..length]);
    }
}
