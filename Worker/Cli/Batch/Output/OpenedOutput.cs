using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// The destination of the endings. A file is locked for this run, and is checked before it is changed: a file that is
/// not an output of a batch stays as it is.
/// </summary>
sealed class OpenedOutput : IAsyncDisposable
{
    public const string Pipe = "-";

    readonly string? path;
    readonly bool isNew, isTable;

    OpenedOutput(Stream stream, string? path, bool isNew, bool isTable) =>
        (Stream, this.path, this.isNew, this.isTable) = (stream, path, isNew, isTable);

    public Stream Stream { get; private set; }

    public EarlierEndings Earlier { get; private set; } = new();

    /// <summary>Whether it is a file that another run can continue.</summary>
    public bool IsFile => path is not null;

    /// <summary>The bytes of the file that the system has, also if it refused more.</summary>
    public long Length => new FileInfo(path!).Length;

    /// <summary>Whether it is empty, so that the next record is its first.</summary>
    public bool IsEmpty { get; set; } = true;

    /// <exception cref="SettingsException">The file cannot be opened, is used by another batch, or is not an output of
    /// a batch.</exception>
    public static OpenedOutput Open(string name, IOutputFormat format, string? input, bool restart)
    {
        if (name == Pipe)
            return new(StandardOutput.Open(), null, false, format.IsTable);
        // A device or a pipe keeps nothing.
        var target = Target(name);
        if (target.StartsWith("/dev/", StringComparison.Ordinal)
            || target.StartsWith("/proc/", StringComparison.Ordinal))
            return Device(name, format.IsTable);
        if (input is not null && target == Target(input))
            throw new SettingsException([$"{name} is the input. Name another file for the output."]);
        var isNew = !File.Exists(target);
        var stream = FileRefusal.Of(name, () => Locked(name, target));
        if (!stream.CanSeek)
        {
            stream.Dispose();
            return Device(name, format.IsTable);
        }
        var output = new OpenedOutput(stream, target, isNew, format.IsTable);
        try
        {
            (var end, output.Earlier) = FoundEndings.Of(stream, name, format, restart);
            stream.SetLength(end);
            stream.Position = end;
            output.IsEmpty = end == 0;
            return output;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Removes the failed endings, so that their jobs run again.</summary>
    public async Task DropFailed(IOutputFormat format)
    {
        if (Earlier.Failed == 0)
            return;
        var (kept, earlier) = (new List<RecordPlace>(), new EarlierEndings());
        foreach (var record in Records.Of(Stream, format.IsTable)
            .Where(record => format.Read(record.Bytes) is not { IsFailed: true }))
        {
            kept.Add(record.Place);
            if (format.Read(record.Bytes) is { } ending)
                earlier.Add(ending);
        }
        await Replace(kept);
        (Earlier, IsEmpty) = (earlier, Stream.Length == 0);
    }

    /// <summary>Sorts the endings by their lines.</summary>
    public async Task Sort(IOutputFormat format)
    {
        if (!IsFile)
            return;
        await Stream.FlushAsync();
        var (records, isSorted) = (new List<(long Line, RecordPlace Place)>(), true);
        foreach (var record in Records.Of(Stream, format.IsTable))
        {
            var line = format.Read(record.Bytes)?.Line ?? 0;
            isSorted &= records.Count == 0 || records[^1].Line <= line;
            records.Add((line, record.Place));
        }
        if (isSorted)
            return;
        records.Sort((one, other) => (one.Line, one.Place.Offset).CompareTo((other.Line, other.Place.Offset)));
        await Replace(records.Select(record => record.Place));
    }

    public async ValueTask DisposeAsync()
    {
        var isLeftEmpty = isNew && IsFile && Stream.Length == 0;
        await Stream.DisposeAsync();
        if (isLeftEmpty)
            File.Delete(path!);
    }

    /// <summary>Removes the part of a record that a full disk left, after the stream is closed.</summary>
    public void CutTorn()
    {
        if (!IsFile)
            return;
        using var file = new FileStream(path!, PrivateFile.Options(FileMode.OpenOrCreate));
        file.SetLength(Records.Of(file, isTable).Where(record => record.IsWhole)
            .Select(record => record.Offset + record.Bytes.Length).LastOrDefault());
    }

    // Written to a second file that then replaces the first, so that a crash leaves one or the other.
    async Task Replace(IEnumerable<RecordPlace> records)
    {
        var next = $"{path}.new";
        File.Delete(next);
        var written = new FileStream(next, PrivateFile.New());
        foreach (var record in records)
        {
            Stream.Position = record.Offset;
            var bytes = new byte[record.Length];
            await Stream.ReadExactlyAsync(bytes);
            await written.WriteAsync(bytes);
        }
        written.Flush(flushToDisk: true);
        File.Move(next, path!, overwrite: true);
        await Stream.DisposeAsync();
        Stream = written;
    }

    // By its own name, because the target of a descriptor's link, such as pipe:[1234], is not a file.
    static OpenedOutput Device(string name, bool isTable) =>
        new(FileRefusal.Of(name, () => new FileStream(name, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)),
            null, false, isTable);

    static FileStream Locked(string name, string target)
    {
        try
        {
            return new(target, PrivateFile.Options(FileMode.OpenOrCreate));
        }
        catch (IOException used) when (used is not (FileNotFoundException or DirectoryNotFoundException)
            && used.Message.Contains("another process", StringComparison.Ordinal))
        {
            throw new SettingsException(
                [$"{name} is being written by another batch. Wait for it, or name another file."]);
        }
    }

    // By its full path, because a relative link with a relative name would be resolved from the root.
    static string Target(string name) => FileRefusal.Of(name, () =>
    {
        var whole = Path.GetFullPath(name);
        return (File.Exists(whole) ? File.ResolveLinkTarget(whole, returnFinalTarget: true)?.FullName : null) ?? whole;
    });
}
