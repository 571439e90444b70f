using Microsoft.AspNetCore.Http;
using OpenAIWorker.Web.OpenAI;

namespace OpenAIWorker.Web;

/// <summary>Tells a person's browser, which gets pages, from programs, which get JSON.</summary>
static class PageRequest
{
    const string Html = "text/html";

    // Java's HttpURLConnection asks for HTML too. No browser writes this range.
    const string JavasOwn = "*; q=.2";

    public static bool IsOne(HttpRequest request) => !ApiError.IsFor(request)
        && request.Headers.Accept.ToString() is var accepted
        && accepted.Contains(Html, StringComparison.OrdinalIgnoreCase)
        && !accepted.Contains(JavasOwn, StringComparison.Ordinal);
}
