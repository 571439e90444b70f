using System.Text.RegularExpressions;

namespace OpenAIWorker.Jobs.Lines;

/// <summary>
/// The <c>url</c> of a line, below the credential's base URL, which has the version already. Providers write it in many
/// ways: <c>/v1/responses</c>, <c>/chat/completions</c> (Azure), <c>/api/v3/embeddings</c>,
/// <c>/v1beta/openai/chat/completions</c>, whole addresses.
/// </summary>
static partial class ProviderPath
{
    // After any prefix of the provider. The longer name first, because one is the end of another.
    static readonly IReadOnlyList<string> Known =
    [
        "chat/completions", "completions", "responses", "embeddings", "moderations", "images/generations",
        "images/edits", "images/variations",
        "audio/speech", "audio/transcriptions", "audio/translations", "videos", "rerank", "score",
    ];

    /// <summary>The path, and the query after its question mark.</summary>
    public static (string Path, IReadOnlyDictionary<string, string>? Query) Of(string url)
    {
        var parts = Address().Replace(url.Trim(), "").Split('#')[0].Split('?', 2);
        var path = Below(parts[0].Trim('/'));
        return (path, parts.Length > 1 ? Query(parts[1]) : null);
    }

    static string Below(string path)
    {
        var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var version = Array.FindLastIndex(steps, step => Version().IsMatch(step));
        var rest = string.Join('/', steps[(version + 1)..]);
        return Known.FirstOrDefault(known => rest == known || rest.EndsWith($"/{known}", StringComparison.Ordinal))
            ?? rest;
    }

    static Dictionary<string, string>? Query(string text)
    {
        var query = new Dictionary<string, string>();
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var key, var given] ? (key, given) : (pair, "");
            query[Uri.UnescapeDataString(name)] = Uri.UnescapeDataString(value);
        }
        return query.Count == 0 ? null : query;
    }

    [GeneratedRegex("^https?://[^/?#]*", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"^v\d+\w*$", RegexOptions.IgnoreCase)]
    private static partial Regex Version();
}
