using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace OpenAIWorker.Jobs.Lines;

/// <summary>Splits a stream into lines of bytes: invalid UTF-8 affects only its own line.</summary>
static class LineReader
{
    /// <summary>RabbitMQ 4 refuses messages above 16 MiB.</summary>
    public const int Longest = 16 * 1024 * 1024;

    // Enough to find the id of a line that is too long to keep.
    const int Beginning = 4096;
    const int Block = 1 << 16;

    /// <summary>The lines that are not blank.</summary>
    public static async IAsyncEnumerable<RawLine> Read(Stream stream,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream, new(bufferSize: Block, leaveOpen: true));
        byte[]? beginning = null;
        var (number, isEnd) = (1L, false);
        while (!isEnd)
        {
            // A read of standard input cannot be cancelled, only abandoned.
            var read = await reader.ReadAsync(CancellationToken.None).AsTask().WaitAsync(cancellation);
            isEnd = read.IsCompleted;
            var rest = read.Buffer;
            while (Cut(ref rest, isEnd) is { } line)
            {
                var bytes = Bare(line);
                if (beginning is not null || bytes.Length > Longest)
                    yield return new(number, beginning ?? bytes.AsMemory(0, Beginning), IsTooLong: true);
                else if (!IsBlank(bytes))
                    yield return new(number, bytes);
                beginning = null;
                number++;
            }
            if (rest.Length > Longest || beginning is not null)
            {
                beginning ??= rest.Slice(0, Beginning).ToArray();
                rest = rest.Slice(rest.End);
            }
            reader.AdvanceTo(rest.Start, read.Buffer.End);
        }
        if (beginning is not null)
            yield return new(number, beginning, IsTooLong: true);
    }

    static ReadOnlySequence<byte>? Cut(ref ReadOnlySequence<byte> rest, bool isEnd)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return line;
        }
        if (!isEnd || rest.IsEmpty)
            return null;
        var last = rest;
        rest = rest.Slice(rest.End);
        return last;
    }

    // Windows ends lines with two characters, and begins files with a byte order mark. Of files that were joined, each
    // has its own.
    static byte[] Bare(ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray();
        var begin = bytes.AsSpan().StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
        var end = bytes.Length > begin && bytes[^1] == (byte)'\r' ? bytes.Length - 1 : bytes.Length;
        return begin == 0 && end == bytes.Length ? bytes : bytes[begin..end];
    }

    static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t"u8).IsEmpty;
}
