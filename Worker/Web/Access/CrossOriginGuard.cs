using Microsoft.AspNetCore.Http;

namespace OpenAIWorker.Web.Access;

/// <summary>
/// Refuses what another site's page has a browser send (CSRF). Browsers say where a request comes from, and programs
/// that are none send neither header.
/// </summary>
static class CrossOriginGuard
{
    public static bool Lets(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method))
            return true;
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is "same-origin" or "none";
        return request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || origin == $"{request.Scheme}://{request.Host}";
    }
}
