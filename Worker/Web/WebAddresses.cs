using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace OpenAIWorker.Web;

/// <summary>
/// What is asked of an address that there is not, by a method that it has not, or in an encoding that is not read.
/// </summary>
static class WebAddresses
{
    const int LongestShown = 30;

    // How routing calls the endpoint that it puts in the place of those with other methods.
    const string OtherMethod = "405 HTTP Method Not Supported";

    /// <summary>After routing, and before the visitor is asked for his token.</summary>
    public static IApplicationBuilder UseKnownAddresses(this IApplicationBuilder app) => app.Use(next => context =>
        context.GetEndpoint() switch
        {
            null => new WebProblem(StatusCodes.Status404NotFound, "not_found",
                "There is nothing at this address. What there is: /openapi.json.").Write(context),
            { DisplayName: OtherMethod, RequestDelegate: { } refuse } => Refuse(context, refuse),
            // What is read is unpacked by now.
            _ when context.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding =>
                new WebProblem(StatusCodes.Status415UnsupportedMediaType, "unsupported_encoding",
                    $"Content-Encoding is '{Excerpt.Marked(encoding, LongestShown)}', taken are gzip, deflate and br.")
                    .Write(context),
            _ => next(context),
        });

    static async Task Refuse(HttpContext context, RequestDelegate refuse)
    {
        // Says which methods there are.
        await refuse(context);
        await new WebProblem(StatusCodes.Status405MethodNotAllowed, "method_not_allowed",
            $"{context.Request.Method} is not taken at this address. Taken are {context.Response.Headers.Allow}.")
            .Write(context);
    }
}
