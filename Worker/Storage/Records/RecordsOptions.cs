using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Storage.Records;

/// <summary>The section <c>Records</c>: what the database keeps of jobs.</summary>
sealed record RecordsOptions
{
    /// <summary>
    /// How much is kept of a job. Omitted: <c>Endings</c> if a database is chosen (<c>Storage:Kind</c>, <c>Path</c> or
    /// <c>ConnectionString</c>) or <c>Web:Port</c> is set, else <c>Nothing</c>.
    /// </summary>
    public RecordsKeep? Keep { get; init; }

    /// <summary>How long a job's record is kept after its ending.</summary>
    [Allowed("01:00:00", "3650.00:00:00")]
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// The id of the key in <c>Records:Keys</c> that encrypts requests and endings from now on. Omitted: they are not
    /// encrypted.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>
    /// The keys, by ids that the operator chooses: 32 bytes in base64. A replaced key stays here as long as records are
    /// kept.
    /// </summary>
    [Secret]
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    internal bool IsOn => Keep is not (null or RecordsKeep.Nothing);
}

/// <summary>How much is kept of a job.</summary>
enum RecordsKeep
{
    /// <summary>Nothing: no database is needed for jobs.</summary>
    Nothing,

    /// <summary>The job's progress, and its ending.</summary>
    Endings,

    /// <summary>Its request too.</summary>
    Everything,
}

[OptionsValidator]
sealed partial class RecordsOptionsValidator : IValidateOptions<RecordsOptions>;
