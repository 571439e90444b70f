using Microsoft.AspNetCore.Http;

namespace OpenAIWorker.Web.Access;

/// <summary>
/// Refuses requests that another site's page makes a browser send (CSRF). Browsers state a request's origin; programs
/// that are not browsers send neither header.
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
