using System.Threading.Channels;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// The output: one writer for many concurrent endings. A task completes when the operating system has its record.
/// </summary>
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

    /// <summary>The endings that it held when it was opened.</summary>
    public EarlierEndings Earlier => opened.Earlier;

    /// <summary>Whether another run can continue it.</summary>
    public bool IsFile => opened.IsFile;

    /// <summary>Completes when the file is closed, or fails with the reason why writing became impossible.</summary>
    public Task Writing { get; }

    /// <summary>Completes when the record is written.</summary>
    public async Task Add(ReadOnlyMemory<byte> record)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await lines.Writer.WriteAsync(new(record, written));
        }
        catch (ChannelClosedException closed) when (closed.InnerException is IOException told)
        {
            throw new IOException(told.Message, told);
        }
        await written.Task;
    }

    /// <summary>No more endings will come; completes when all are written.</summary>
    public async Task Complete()
    {
        lines.Writer.TryComplete();
        await Writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>No more endings will come; sorts them by their lines.</summary>
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
        catch (Exception) when (Writing.IsFaulted)
        {
            // The reason why nothing can be written has been reported already.
        }
        if (Writing.IsFaulted)
            CutTorn();
    }

    // The next run would do this too, but others may read the file before.
    void CutTorn()
    {
        try
        {
            opened.CutTorn();
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException or SettingsException)
        {
            // The disk is not available.
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
        catch (Exception full)
        {
            // An exception of any type: .NET reports a file that may not grow with ArgumentOutOfRangeException. The
            // endings stay unacknowledged, and no more are accepted.
            var told = new IOException(full is ArgumentOutOfRangeException
                ? "It is as large as the system allows."
                : full.Message.ReplaceLineEndings(" "), full);
            lines.Writer.TryComplete(told);
            group.ForEach(written => written.SetException(told));
            while (lines.Reader.TryRead(out var line))
                line.Written.SetException(told);
            throw told;
        }
    }

    sealed record Line(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Written);
}
