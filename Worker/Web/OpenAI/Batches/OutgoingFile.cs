using System.IO.Pipelines;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>A file that goes into the store while it is written. One that nothing is written into is none.</summary>
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

    /// <summary>Completes when all of it is kept.</summary>
    public async Task Complete()
    {
        await pipe.Writer.CompleteAsync();
        if (putting is not null)
            await putting;
    }

    /// <summary>Nothing more comes: it is not kept.</summary>
    public async Task Abandon(Exception why)
    {
        // As no fault of the store, which reads here.
        await pipe.Writer.CompleteAsync(new InvalidOperationException("What is written here broke off.", why));
        if (putting is not null)
            await putting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // A store that takes no more is not written to in vain.
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
