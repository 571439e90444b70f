using System.Security.Cryptography;

namespace OpenAIWorker.Emulator.Calls;

/// <summary>
/// A file of a form. Its bytes are on disk, because they may not fit into memory, and are deleted with this object.
/// </summary>
sealed class ReceivedFile : IDisposable
{
    const int BufferSize = 81920;

    readonly FileStream bytes = new(Path.Combine(Path.GetTempPath(), NewId.Of("emulator-")), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        BufferSize = 0,
    });

    ReceivedFile(string name, string? contentType) => (Name, ContentType) = (name, contentType);

    public string Name { get; }

    public string? ContentType { get; }

    /// <summary>Also known after the file was deleted: a list may be written at that moment.</summary>
    public long Length { get; private set; }

    public string Sha256 { get; private set; } = "";

    /// <summary>Whether it is still needed after the call.</summary>
    public bool IsKept { get; set; }

    public static async Task<ReceivedFile> Receive(string name, string? contentType, Stream content,
        CancellationToken cancellation)
    {
        var file = new ReceivedFile(name, contentType);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            await file.bytes.WriteAsync(buffer.AsMemory(0, read), cancellation);
            file.Length += read;
        }

        file.Sha256 = Convert.ToHexStringLower(hash.GetCurrentHash());
        return file;
    }

    public byte[] ReadAll()
    {
        var all = new byte[Length];
        RandomAccess.Read(bytes.SafeFileHandle, all, fileOffset: 0);
        return all;
    }

    public void Dispose() => bytes.Dispose();
}
