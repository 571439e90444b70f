using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Json;

namespace OpenAIWorker.Web;

/// <summary>Answers requests for an unknown address, a wrong method, or an unknown content encoding.</summary>
static class WebAddresses
{
    const int LongestShown = 30;

    // The name that routing gives to the endpoint for wrong methods.
    const string OtherMethod = "405 HTTP Method Not Supported";

    /// <summary>After routing, and before authentication.</summary>
    public static IApplicationBuilder UseKnownAddresses(this IApplicationBuilder app) => app.Use(next => context =>
        context.GetEndpoint() switch
        {
            null => new WebProblem(StatusCodes.Status404NotFound, "not_found",
                "There is nothing at this address. /openapi.json lists all addresses.").Write(context),
            { DisplayName: OtherMethod, RequestDelegate: { } refuse } => Refuse(context, refuse),
            // A known encoding has been removed by now.
            _ when context.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding =>
                new WebProblem(StatusCodes.Status415UnsupportedMediaType, "unsupported_encoding",
                    $"Content-Encoding is '{Excerpt.Marked(encoding, LongestShown)}'; allowed: gzip, deflate and br.")
                    .Write(context),
            _ => next(context),
        });

    static async Task Refuse(HttpContext context, RequestDelegate refuse)
    {
        // Lists the allowed methods.
        await refuse(context);
        var allowed = context.Response.Headers.Allow.ToString();
        context.Response.Headers.Allow =
            allowed.Replace(HttpMethods.Get, $"{HttpMethods.Get}, {HttpMethods.Head}", StringComparison.Ordinal);
        await new WebProblem(StatusCodes.Status405MethodNotAllowed, "method_not_allowed",
            $"{context.Request.Method} is not allowed at this address. Allowed: {context.Response.Headers.Allow}.")
            .Write(context);
    }
}
