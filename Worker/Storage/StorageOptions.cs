using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Storage;

/// <summary>The section <c>Storage</c>: the database for everything that outlives a job.</summary>
sealed record StorageOptions
{
    /// <summary>The kind of database. Several workers need <c>PostgreSQL</c>.</summary>
    public StorageKind Kind { get; init; } = StorageKind.SQLite;

    /// <summary>
    /// The file of <c>SQLite</c>. Omitted: <c>openai-worker/worker.db</c> in the local application data, which belongs
    /// to the user and does not depend on the working directory.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// The server of <c>PostgreSQL</c>: <c>Host=db;Database=worker;Username=worker;Password=…</c>, or
    /// <c>postgresql://worker:…@db/worker</c>.
    /// </summary>
    [Secret]
    public string? ConnectionString { get; init; }

    /// <summary>How many workers share the database.</summary>
    [Allowed(1, 1000)]
    public int Replicas { get; init; } = 1;
}

/// <summary>A kind of database.</summary>
enum StorageKind
{
    /// <summary>A file.</summary>
    SQLite,

    /// <summary>A server.</summary>
    PostgreSQL,
}

[OptionsValidator]
sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
