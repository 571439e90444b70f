using Microsoft.Extensions.Options;

namespace OpenAIWorker.Payloads.Files;

/// <summary>
/// A folder with one file per payload. A file gets its name when it is complete, so that no partial file is opened.
/// </summary>
sealed class FileSystemStore(IOptions<PayloadsOptions> options) : IPayloadStore
{
    const int BufferSize = 81920;

    // No id contains a dot, so a partial file cannot be requested.
    const string Unfinished = ".part";

    static readonly byte[] Sample = new byte[4096];

    readonly DirectoryInfo folder = new(options.Value.Folder ?? UsualFolder);

    // If the user has no such folder, .NET returns an empty path, which would mean the current directory.
    static string UsualFolder =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify), "openai-worker", "payloads");

    public async Task Put(string id, Stream content, CancellationToken cancellation)
    {
        folder.Create();
        var unfinished = PathOf(PayloadId.New()) + Unfinished;
        try
        {
            await Write(unfinished, content, cancellation);
            File.Move(unfinished, PathOf(id), overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    // A whole block, because a full disk may still accept a name.
    public async Task Try(CancellationToken cancellation)
    {
        folder.Create();
        var sample = PathOf(PayloadId.New()) + Unfinished;
        try
        {
            await Write(sample, new MemoryStream(Sample), cancellation);
        }
        finally
        {
            File.Delete(sample);
        }
    }

    public Task<StoredPayload?> Open(string id, CancellationToken cancellation)
    {
        try
        {
            var file = RegularFile.Open(PathOf(id));
            return Task.FromResult<StoredPayload?>(new(file, file.Length));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<StoredPayload?>(null);
        }
    }

    public Task Delete(string id, CancellationToken cancellation)
    {
        if (folder.Exists)
            File.Delete(PathOf(id));
        return Task.CompletedTask;
    }

    public Task<Swept> DeleteOlderThan(DateTimeOffset time, CancellationToken cancellation)
    {
        folder.Refresh();
        var old = folder.Exists ? folder.EnumerateFiles($"{PayloadId.Prefix}*")
            .Where(file => file.LastWriteTimeUtc < time.UtcDateTime).ToList() : [];
        return Task.FromResult(old.Aggregate(new Swept(0), Delete));
    }

    static Swept Delete(Swept swept, FileInfo file)
    {
        try
        {
            file.Delete();
            return swept with { Deleted = swept.Deleted + 1 };
        }
        catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
        {
            return swept.And(stays);
        }
    }

    static async Task Write(string path, Stream content, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0,
            FileOptions.Asynchronous);
        await content.CopyToAsync(file, BufferSize, cancellation);
        // The event that names the file survives a power loss, so the file must too.
        file.Flush(flushToDisk: true);
    }

    string PathOf(string id) => PayloadId.IsOne(id)
        ? Path.Combine(folder.FullName, id)
        : throw new ArgumentException($"'{id}' is not a payload id.", nameof(id));
}
