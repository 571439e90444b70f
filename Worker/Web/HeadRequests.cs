using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace OpenAIWorker.Web;

/// <summary>Answers HEAD at every address that answers GET: with the same headers, and without a body.</summary>
static class HeadRequests
{
    const string Endless = "text/event-stream";

    /// <summary>Routing, for which HEAD is GET. The server leaves out the body.</summary>
    public static IApplicationBuilder UseRoutingOfHead(this IApplicationBuilder app) => app
        .Use(next => context => HttpMethods.IsHead(context.Request.Method) ? Answer(context, next) : next(context))
        .UseRouting()
        .Use(next => context =>
        {
            if (context.Items.ContainsKey(typeof(HeadRequests)))
                context.Request.Method = HttpMethods.Head;
            return next(context);
        });

    static async Task Answer(HttpContext context, RequestDelegate next)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        context.RequestAborted = end.Token;
        // A stream of events would go on without anybody who reads it.
        context.Response.OnStarting(() =>
            context.Response.ContentType == Endless ? end.CancelAsync() : Task.CompletedTask);
        context.Items[typeof(HeadRequests)] = true;
        context.Request.Method = HttpMethods.Get;
        await next(context);
    }
}
