using System.ClientModel.Primitives;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Upstream.Credentials;

/// <summary>
/// Sends a credential's own headers with every call, for gateways between the worker and the provider.
/// </summary>
sealed partial class CredentialHeaders(IReadOnlyDictionary<string, string> headers) : PipelinePolicy
{
    // Headers that the worker sets, and headers about the connection.
    static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Host", "Connection", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Expect",
            "Content-Type", "Content-Length", "Content-Encoding",
        "User-Agent", "OpenAI-Organization", "OpenAI-Project", "X-Client-Request-Id", "traceparent", "tracestate",
    };

    public static bool IsOwn(string name) => Own.Contains(name);

    public static bool IsName(string name) => Name().IsMatch(name);

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Set(message);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline,
        int currentIndex)
    {
        Set(message);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    void Set(PipelineMessage message)
    {
        foreach (var (name, value) in headers)
            message.Request.Headers.Set(name, value);
    }

    [GeneratedRegex("^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$")]
    private static partial Regex Name();
}
