using System.Threading.Channels;

namespace OpenAIWorker.Cli.Batch;

/// <summary>The output: one writer, many endings at a time, each safe with the operating system before its task completes.</summary>
sealed class OutputFile : IAsyncDisposable
{
    readonly Channel<Line> lines = Channel.CreateBounded<Line>(1_000);
    readonly Stream stream;

    OutputFile(Stream stream, JobIds done)
    {
        (this.stream, Done) = (stream, done);
        Writing = Write();
    }

    /// <summary>Jobs that had an ending here when the file was opened.</summary>
    public JobIds Done { get; }

    /// <summary>Ends when the file is closed, or fails with what made writing impossible.</summary>
    public Task Writing { get; }

    /// <summary>Opens a file, to begin it or to go on with it.</summary>
    /// <exception cref="Settings.SettingsException">It is no output of a batch.</exception>
    public static async Task<OutputFile> Open(string path, bool restart, CancellationToken cancellation)
    {
        if (path == "-")
            return new(Console.OpenStandardOutput(), new());
        var stream = new FileStream(path, restart ? FileMode.Create : FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16);
        return new(stream, await EarlierEndings.Read(stream, path, cancellation));
    }

    /// <summary>Completes when the line is written.</summary>
    public async Task Add(ReadOnlyMemory<byte> line)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await lines.Writer.WriteAsync(new(line, written));
        await written.Task;
    }

    public async ValueTask DisposeAsync()
    {
        lines.Writer.TryComplete();
        await Writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stream.DisposeAsync();
    }

    async Task Write()
    {
        var group = new List<TaskCompletionSource>();
        try
        {
            while (await lines.Reader.WaitToReadAsync())
            {
                while (lines.Reader.TryRead(out var line))
                {
                    group.Add(line.Written);
                    await stream.WriteAsync(line.Bytes);
                    stream.WriteByte((byte)'\n');
                }
                await stream.FlushAsync();
                group.ForEach(written => written.SetResult());
                group.Clear();
            }
        }
        catch (IOException full)
        {
            // The endings stay unacknowledged; nothing more can be taken.
            lines.Writer.TryComplete(full);
            group.ForEach(written => written.SetException(full));
            while (lines.Reader.TryRead(out var line))
                line.Written.SetException(full);
            throw;
        }
    }

    sealed record Line(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Written);
}
