using System.IO.Pipelines;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>A file that is stored while it is written. An empty one is not stored.</summary>
sealed class OutgoingFile(IPayloadStore store, string payload, CancellationToken cancellation)
{
    readonly Pipe pipe = new();
    Task? putting;

    public long Bytes { get; private set; }

    public bool IsThere => putting is not null;

    public async Task Add(ReadOnlyMemory<byte> bytes)
    {
        putting ??= Put();
        Bytes += bytes.Length;
        if ((await pipe.Writer.WriteAsync(bytes, cancellation)).IsCompleted)
            await putting;
    }

    /// <summary>Completes when the whole file is stored.</summary>
    public async Task Complete()
    {
        await pipe.Writer.CompleteAsync();
        if (putting is not null)
            await putting;
    }

    /// <summary>The file is incomplete: it is not stored.</summary>
    public async Task Abandon(Exception why)
    {
        // Not as a failure of the store, which reads here.
        await pipe.Writer.CompleteAsync(new InvalidOperationException("What is written here broke off.", why));
        if (putting is not null)
            await putting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Stops writing if the store accepts no more.
    async Task Put()
    {
        try
        {
            await store.Put(payload, pipe.Reader.AsStream(leaveOpen: true), cancellation);
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
        }
    }
}
