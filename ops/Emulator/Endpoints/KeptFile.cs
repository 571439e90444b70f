namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>A file that was uploaded.</summary>
public sealed class KeptFile
{
    readonly ReceivedFile file;

    internal KeptFile(ReceivedFile file, string purpose, DateTimeOffset createdAt, DateTimeOffset? expiresAt)
    {
        this.file = file;
        file.IsKept = true;
        (Purpose, CreatedAt, ExpiresAt) = (purpose, createdAt, expiresAt);
    }

    /// <summary>The id that the API gave it.</summary>
    public string Id { get; } = NewId.Of("file-");

    /// <summary>The name as the sender gave it.</summary>
    public string Name => file.Name;

    /// <summary>The type as the sender gave it.</summary>
    public string? ContentType => file.ContentType;

    /// <summary>How many bytes.</summary>
    public long Length => file.Length;

    /// <summary>SHA-256 of the bytes in lower-case hexadecimal digits.</summary>
    public string Sha256 => file.Sha256;

    /// <summary>The purpose of the upload.</summary>
    public string Purpose { get; }

    /// <summary>When it was uploaded.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it expires, if ever.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    internal byte[] ReadAll() => file.ReadAll();

    internal void Forget() => file.Dispose();
}
