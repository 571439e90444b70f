namespace OpenAIWorker.Upstream.Bodies;

/// <summary>Reads a stream into memory up to a bound: few compressed bytes can become any number.</summary>
static class BoundedRead
{
    const int Step = 64 * 1024;

    /// <summary>All bytes; null if there are more than that.</summary>
    public static ReadOnlyMemory<byte>? All(Stream stream, long most)
    {
        var (whole, part) = (new MemoryStream(), new byte[Step]);
        for (int read; (read = stream.Read(part)) > 0; whole.Write(part, 0, read))
        {
            if (whole.Length + read > most)
                return null;
        }
        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
