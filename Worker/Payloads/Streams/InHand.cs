using System.Security.Cryptography;

namespace OpenAIWorker.Payloads.Streams;

/// <summary>
/// Bytes that a provider made and that are paid for, complete, so that storing can be retried until it works. Many
/// bytes are in a temporary file, which the system deletes when it is closed, however the worker ends.
/// </summary>
sealed class InHand : IAsyncDisposable
{
    // The limit in memory, because many calls run at once.
    const int MostInMemory = 8 * 1024 * 1024;

    readonly Stream bytes;

    InHand(Stream bytes, string contentType, string fileName) =>
        (this.bytes, ContentType, FileName) = (bytes, contentType, fileName);

    public string ContentType { get; }

    public string FileName { get; }

    public long Length => bytes.Length;

    /// <summary>The stored form; null: they are not stored yet.</summary>
    public Contracts.BinaryOutput? Kept { get; set; }

    public static InHand Of(byte[] bytes, string contentType, string fileName) =>
        new(new MemoryStream(bytes, writable: false), contentType, fileName);

    /// <summary>The same bytes with another type and name; replaces this object.</summary>
    public InHand As(string contentType, string fileName) => new(bytes, contentType, fileName);

    /// <summary>Reads a stream to its end.</summary>
    public static async Task<InHand> Take(Stream content, string contentType, string fileName,
        CancellationToken cancellation)
    {
        var (taken, hasMoved) = ((Stream)new MemoryStream(), false);
        var buffer = new byte[81920];
        for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (taken is MemoryStream && !hasMoved && taken.Length + read > MostInMemory)
                (taken, hasMoved) = (await Moved(taken, cancellation), true);
            await taken.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
        return new(taken, contentType, fileName);
    }

    /// <summary>The bytes from their start. Only one reader at a time.</summary>
    public Stream Read()
    {
        bytes.Position = 0;
        return bytes;
    }

    /// <summary>All bytes, for an event.</summary>
    public async Task<Contracts.BinaryOutput> Inline(CancellationToken cancellation)
    {
        var all = new byte[Length];
        await Read().ReadExactlyAsync(all, cancellation);
        return new()
        {
            ContentType = ContentType,
            FileName = FileName,
            Base64 = Convert.ToBase64String(all),
            Length = all.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(all)),
        };
    }

    public ValueTask DisposeAsync() => bytes.DisposeAsync();

    // Without a place for temporary files they stay in memory: the size of a provider's answer is limited.
    static async Task<Stream> Moved(Stream few, CancellationToken cancellation)
    {
        try
        {
            var file = new FileStream(Path.Combine(Path.GetTempPath(), $"openai-worker-{Guid.NewGuid():N}"), Temporary);
            few.Position = 0;
            await few.CopyToAsync(file, cancellation);
            return file;
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            few.Position = few.Length;
            return few;
        }
    }

    static FileStreamOptions Temporary
    {
        get
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return options;
        }
    }
}
