using Microsoft.AspNetCore.Http;

namespace OpenAIWorker.Web.OpenAI;

/// <summary>Parts of a call for which OpenAI's API has no member.</summary>
static class CallWords
{
    /// <summary>Names a credential of the worker's settings. Omitted: the default one.</summary>
    public const string CredentialHeader = "openai-worker-credential";

    /// <summary>Names the job that a call became.</summary>
    public const string JobHeader = "openai-worker-job-id";

    public static string? Credential(HttpRequest request) =>
        request.Headers[CredentialHeader].ToString() is { Length: > 0 } name ? name : null;
}
