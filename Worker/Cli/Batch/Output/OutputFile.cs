using System.Buffers;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// The output: one writer for many concurrent endings. What arrives while it writes is written next, together. A task
/// completes when the operating system has its record.
/// </summary>
sealed class OutputFile : IAsyncDisposable
{
    readonly Lock guard = new();
    readonly SemaphoreSlim ready = new(0);
    readonly OpenedOutput opened;
    Group next = new();
    IOException? refusal;
    bool isComplete;

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

    /// <summary>Adds a record. Completes when it is written. Records are written in the order of these calls.</summary>
    public Task Add(ReadOnlyMemory<byte> record)
    {
        lock (guard)
        {
            if (refusal is not null)
                return Task.FromException(new IOException(refusal.Message, refusal));
            if (next.IsEmpty)
                ready.Release();
            return next.Add(record.Span);
        }
    }

    /// <summary>No more endings will come; completes when all are written.</summary>
    public async Task Complete()
    {
        lock (guard)
        {
            if (!isComplete)
                ready.Release();
            isComplete = true;
        }
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
        ready.Dispose();
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
        var (stream, group, begins) = (opened.Stream, new Group(), 0L);
        try
        {
            while (await Next(group) is { } full)
            {
                group = full;
                if (opened.IsEmpty)
                    await stream.WriteAsync(Format.Head);
                opened.IsEmpty = false;
                begins = opened.IsFile ? stream.Position : 0;
                await stream.WriteAsync(group.Records);
                await stream.FlushAsync();
                group.End();
            }
        }
        catch (Exception full)
        {
            // An exception of any type: .NET reports a file that may not grow with ArgumentOutOfRangeException. The
            // endings stay unacknowledged, and no more are accepted.
            var told = new IOException(full is ArgumentOutOfRangeException
                ? "It is as large as the system allows."
                : FileRefusal.Reason(full), full);
            lock (guard)
                refusal = told;
            // A disk may have had room for some of them.
            group.Fail(told, opened.IsFile ? opened.Length - begins : 0);
            next.Fail(told);
            throw told;
        }
    }

    // The records that have arrived; null if no more will come. The written group takes the following ones.
    async Task<Group?> Next(Group written)
    {
        while (true)
        {
            await ready.WaitAsync();
            lock (guard)
            {
                if (next.IsEmpty && isComplete)
                    return null;
                if (next.IsEmpty)
                    continue;
                (var full, next) = (next, written.Reused());
                return full;
            }
        }
    }

    // Records that are written together.
    sealed class Group
    {
        const int Usual = 1 << 16;

        readonly ArrayBufferWriter<byte> records = new(Usual);
        TaskCompletionSource<Outcome> written = New();

        public bool IsEmpty => records.WrittenCount == 0;

        public ReadOnlyMemory<byte> Records => records.WrittenMemory;

        public Task Add(ReadOnlySpan<byte> record)
        {
            records.Write(record);
            return Whole(written.Task, records.WrittenCount);
        }

        public void End() => written.SetResult(new(long.MaxValue, null));

        /// <param name="told">Why.</param>
        /// <param name="bytes">How many are written nevertheless.</param>
        public void Fail(IOException told, long bytes = 0) => written.TrySetResult(new(bytes, told));

        // A group of long answers is not kept.
        public Group Reused()
        {
            if (records.Capacity > 16 * Usual)
                return new();
            records.ResetWrittenCount();
            written = New();
            return this;
        }

        static async Task Whole(Task<Outcome> written, int end)
        {
            var (bytes, refusal) = await written;
            if (bytes < end)
                throw refusal!;
        }

        static TaskCompletionSource<Outcome> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    readonly record struct Outcome(long Bytes, IOException? Refusal);
}
