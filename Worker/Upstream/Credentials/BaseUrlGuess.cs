namespace OpenAIWorker.Upstream.Credentials;

/// <summary>
/// Explains a base URL below which nothing was found: usually the version is missing, or an endpoint's path is
/// appended.
/// </summary>
static class BaseUrlGuess
{
    const string Version = "v1";

    static readonly IReadOnlyList<string> Endpoints = ["chat/completions", "completions", "responses", "embeddings",
        "models"];

    /// <summary>The base URL without the endpoint at its end; null if it has none.</summary>
    public static string? WithoutEndpoint(Uri baseUrl)
    {
        var path = baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return Endpoints.Where(endpoint => path.EndsWith($"/{endpoint}", StringComparison.OrdinalIgnoreCase))
            .Select(endpoint => path[..^(endpoint.Length + 1)]).FirstOrDefault();
    }

    /// <summary>The probe's path with the version; null if the base URL has one.</summary>
    public static string? Versioned(OpenAIEndpoint endpoint) => endpoint.BaseUrl.AbsolutePath.Split('/').Any(IsVersion)
        ? null
        : $"{Version}/{endpoint.ProbePath.TrimStart('/')}";

    /// <summary>The base URL with the version.</summary>
    public static string WithVersion(Uri baseUrl) => $"{baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{Version}";

    static bool IsVersion(string step) => step.Length > 1 && step[0] is 'v' or 'V' && char.IsAsciiDigit(step[1]);
}
