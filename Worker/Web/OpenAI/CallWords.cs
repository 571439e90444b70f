using Microsoft.AspNetCore.Http;

namespace OpenAIWorker.Web.OpenAI;

/// <summary>What a call may say that OpenAI's API has no place for.</summary>
static class CallWords
{
    /// <summary>Names a credential of the worker's settings. Omitted: the usual one.</summary>
    public const string CredentialHeader = "openai-worker-credential";

    /// <summary>Names the job that a call became.</summary>
    public const string JobHeader = "openai-worker-job-id";

    public static string? Credential(HttpRequest request) =>
        request.Headers[CredentialHeader].ToString() is { Length: > 0 } name ? name : null;
}
