using System.Threading.Channels;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>The output: one writer, many endings at a time, each safe with the operating system before its task completes.</summary>
sealed class OutputFile : IAsyncDisposable
{
    readonly Channel<Line> lines = Channel.CreateBounded<Line>(1_000);
    readonly OpenedOutput opened;

    public OutputFile(OpenedOutput opened, IOutputFormat format)
    {
        (this.opened, Format) = (opened, format);
        Writing = Write();
    }

    public IOutputFormat Format { get; }

    /// <summary>What it held when it was opened.</summary>
    public EarlierEndings Earlier => opened.Earlier;

    /// <summary>Whether another run can go on with it.</summary>
    public bool IsFile => opened.IsFile;

    /// <summary>Ends when the file is closed, or fails with what made writing impossible.</summary>
    public Task Writing { get; }

    /// <summary>Completes when the record is written.</summary>
    public async Task Add(ReadOnlyMemory<byte> record)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await lines.Writer.WriteAsync(new(record, written));
        await written.Task;
    }

    /// <summary>Nothing more comes; completes when all is written.</summary>
    public async Task Complete()
    {
        lines.Writer.TryComplete();
        await Writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Nothing more comes; brings the endings into the order of their lines.</summary>
    public async Task Sort()
    {
        await Complete();
        await opened.Sort(Format);
    }

    public async ValueTask DisposeAsync()
    {
        await Complete();
        try
        {
            await opened.DisposeAsync();
        }
        catch (IOException) when (Writing.IsFaulted)
        {
            // It has been said already why nothing can be written.
        }
    }

    async Task Write()
    {
        var group = new List<TaskCompletionSource>();
        var stream = opened.Stream;
        try
        {
            while (await lines.Reader.WaitToReadAsync())
            {
                if (opened.IsEmpty)
                    await stream.WriteAsync(Format.Head);
                opened.IsEmpty = false;
                while (lines.Reader.TryRead(out var line))
                {
                    group.Add(line.Written);
                    await stream.WriteAsync(line.Bytes);
                }
                await stream.FlushAsync();
                group.ForEach(written => written.SetResult());
                group.Clear();
            }
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // The endings stay unacknowledged; nothing more can be taken.
            lines.Writer.TryComplete(full);
            group.ForEach(written => written.SetException(full));
            while (lines.Reader.TryRead(out var line))
                line.Written.SetException(full);
            throw new IOException(full.Message, full);
        }
    }

    sealed record Line(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Written);
}
