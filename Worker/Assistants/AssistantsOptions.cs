using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Assistants;

/// <summary>The section <c>Assistants</c>: where assistants live, and what keeps them.</summary>
sealed record AssistantsOptions
{
    /// <summary>Who keeps assistants: this worker, or the provider.</summary>
    public AssistantsMode Mode { get; init; } = AssistantsMode.Local;

    /// <summary>Which database keeps assistants, or in the mode <c>Native</c> only what a job was at. Several replicas need <c>PostgreSQL</c>.</summary>
    public AssistantsStore Store { get; init; } = AssistantsStore.SQLite;

    /// <summary>
    /// The file of the store <c>SQLite</c>. Omitted: <c>openai-worker/assistants.db</c> in the local application data, which is the user's own and
    /// stays where it is, whatever directory the worker is started in.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>The store <c>PostgreSQL</c>: <c>Host=db;Database=worker;Username=worker;Password=…</c>, or <c>postgresql://worker:…@db/worker</c>.</summary>
    [Secret]
    public string? ConnectionString { get; init; }

    /// <summary>
    /// Whether each tenant (<c>Limits:Tenant</c>) has assistants and threads of his own, and files, conversations and stored responses at the provider, which
    /// no other sees, finds, lists or uses. Else all senders of a credential share them.
    /// </summary>
    public bool PerTenant { get; init; }

    /// <summary>Ids of things at the provider that all tenants may use, such as <c>vs_handbook</c>, joined by commas; a <c>*</c> at the end of one stands for anything.</summary>
    public string? SharedIds { get; init; }

    /// <summary>How many workers share the assistants.</summary>
    [Allowed(1, 1000)]
    public int Replicas { get; init; } = 1;
}

/// <summary>Who keeps assistants.</summary>
enum AssistantsMode
{
    /// <summary>The worker, in its database; messages go through Responses and Conversations, or Chat Completions.</summary>
    Local,

    /// <summary>The provider, which still serves <c>/assistants</c> and <c>/threads</c>.</summary>
    Native,
}

/// <summary>What keeps assistants.</summary>
enum AssistantsStore
{
    /// <summary>A file.</summary>
    SQLite,

    /// <summary>A server.</summary>
    PostgreSQL,
}

[OptionsValidator]
sealed partial class AssistantsOptionsValidator : IValidateOptions<AssistantsOptions>;
