namespace OpenAIWorker.Cli.Batch;

static class LineCount
{
    /// <summary>How many lines a file has: a look at its bytes, far faster than reading its jobs.</summary>
    public static long Of(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> block = new byte[1 << 16];
        var (lines, last) = (0L, (byte)'\n');
        while (stream.Read(block) is > 0 and var read)
        {
            lines += block[..read].Count((byte)'\n');
            last = block[read - 1];
        }
        return last == '\n' ? lines : lines + 1;
    }
}
