using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>Bytes as a connection delivers them: some at a time, with no known length.</summary>
sealed class Unseekable(byte[] bytes) : ReadOnceStream
{
    readonly MemoryStream all = new(bytes);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        all.ReadAsync(buffer[..Math.Min(buffer.Length, 7_777)], cancellationToken);
}

/// <summary>Some bytes, and then a broken connection.</summary>
sealed class Breaking : ReadOnceStream
{
    int reads;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        reads++ < 3 ? ValueTask.FromResult(buffer.Length) : throw new IOException("It broke.");
}
