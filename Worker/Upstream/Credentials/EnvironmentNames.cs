using Microsoft.Extensions.Configuration;

namespace OpenAIWorker.Upstream.Credentials;

/// <summary>
/// The variables that every OpenAI client understands, as settings of the default credential. The worker's own setting
/// overrides them.
/// </summary>
static class EnvironmentNames
{
    static readonly (string Variable, string Setting)[] Known =
    [
        ("OPENAI_API_KEY", nameof(CredentialOptions.ApiKey)),
        ("OPENAI_BASE_URL", nameof(CredentialOptions.BaseUrl)),
        ("OPENAI_ORG_ID", nameof(CredentialOptions.Organization)),
        ("OPENAI_PROJECT_ID", nameof(CredentialOptions.Project)),
    ];

    public static IEnumerable<KeyValuePair<string, string?>> AsSettings(Func<string, string?> environment) =>
        from known in Known
        let value = environment(known.Variable)
        where !string.IsNullOrEmpty(value)
        select KeyValuePair.Create($"OpenAI:Credentials:{CredentialOptions.Default}:{known.Setting}", (string?)value);
}
