using OpenAIWorker.Contracts;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Upstream.Credentials;

/// <summary>The sections <c>OpenAI:Credentials:NAME</c>: one account at one provider.</summary>
sealed record CredentialOptions
{
    /// <summary>The credential of jobs that name none.</summary>
    public const string Default = "default";

    /// <summary>The credential with this name, ignoring case; null if there is none.</summary>
    public static CredentialOptions? Named(IReadOnlyDictionary<string, CredentialOptions> credentials, string name)
    {
        if (credentials.TryGetValue(name, out var exact))
            return exact;
        foreach (var (other, credential) in credentials)
            if (string.Equals(other, name, StringComparison.OrdinalIgnoreCase))
                return credential;
        return null;
    }

    /// <summary>
    /// The key. For <c>default</c> also <c>OPENAI_API_KEY</c>. For a provider without keys, use any word.
    /// </summary>
    [Secret]
    public string? ApiKey { get; init; }

    /// <summary>The base URL, including the version. For <c>default</c> also <c>OPENAI_BASE_URL</c>.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.openai.com/v1");

    /// <summary>Sent as <c>OpenAI-Organization</c>. For <c>default</c> also <c>OPENAI_ORG_ID</c>.</summary>
    public string? Organization { get; init; }

    /// <summary>Sent as <c>OpenAI-Project</c>. For <c>default</c> also <c>OPENAI_PROJECT_ID</c>.</summary>
    public string? Project { get; init; }

    /// <summary>
    /// Who may use it, separated by commas: tenants, as a job's metadata names them under the key <c>Limits:Tenant</c>,
    /// and <c>user:NAME</c> for users of the broker. A <c>*</c> at the end of a name matches anything. Empty: every
    /// sender.
    /// </summary>
    public string? Tenants { get; init; }

    /// <summary>
    /// Headers that a gateway requires with every call, by name, such as <c>cf-aig-authorization</c>.
    /// </summary>
    [Secret]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The API for messages to a model, unless the job says otherwise. Some providers have only Chat Completions.
    /// </summary>
    public ModelApi Api { get; init; } = ModelApi.Responses;

    /// <summary>
    /// A path below the base URL whose <c>GET</c> costs nothing and is refused for a wrong key. The worker uses it to
    /// find out whether a refusal concerns the key, and whether a paused credential works again. For OpenRouter, which
    /// lists its models to anyone: <c>key</c>.
    /// </summary>
    public string ProbePath { get; init; } = "models";
}
