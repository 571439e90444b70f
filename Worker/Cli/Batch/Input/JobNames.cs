using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>
/// Ids for the jobs of one reading of a file: the same ones in every reading, as long as the lines do not change.
/// </summary>
sealed class JobNames(string file)
{
    const int LongestId = 256;
    const int LongestName = 60;
    const int HashDigits = 16;

    readonly string prefix = string.Concat(file.Where(character =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.').Take(LongestName));
    readonly SeenHashes taken = new();
    readonly SeenHashes seen = new();
    readonly Dictionary<LineHash, int> repeated = [];

    /// <summary>The job's id, and whether an earlier line had the same id.</summary>
    public (string JobId, bool IsDuplicate) Of(string? ownId, LineHash hash)
    {
        // A header or a queue cannot carry NUL; the answer still has the line's own id.
        var isUsable = ownId is { Length: > 0 and <= LongestId } && !ownId.Contains('\0');
        if (isUsable && taken.Add(Short(ownId!)))
            return (ownId!, false);
        var isDuplicate = ownId is { Length: > 0 } && (isUsable || !taken.Add(Short(ownId)));
        var times = seen.Add(hash.Value) ? 1 : repeated[hash] = repeated.GetValueOrDefault(hash, 1) + 1;
        var name = $"{prefix}-{hash.ToString()[..HashDigits]}";
        return (times == 1 ? name : $"{name}-{times}", isDuplicate);
    }

    /// <summary>
    /// The part of a made id that depends on the file; null if the id was not made from this content.
    /// </summary>
    public static string? FileOf(string id, LineHash hash) =>
        id.LastIndexOf($"-{hash.ToString()[..HashDigits]}", StringComparison.Ordinal) is >= 0 and var end
            ? id[..end]
            : null;

    /// <summary>16 bytes for an id of any length.</summary>
    public static UInt128 Short(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> text = id.Length <= LongestId
            ? stackalloc byte[Encoding.UTF8.GetMaxByteCount(LongestId)]
            : new byte[Encoding.UTF8.GetMaxByteCount(id.Length)];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(id, text)], hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
