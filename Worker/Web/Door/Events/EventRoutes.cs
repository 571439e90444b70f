using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Door.Events;

/// <summary>Sends endings as they arrive, as server-sent events.</summary>
sealed class EventRoutes(EventFeed feed, TokenBook tokens, IHostApplicationLifetime host, TimeProvider clock)
    : IWebRoutes
{
    const string All = "#";
    const int MostPatterns = 50;
    const int LongestPattern = 255;

    // Proxies close silent connections after 30 or 60 seconds.
    static readonly TimeSpan HeartEvery = TimeSpan.FromSeconds(15);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/events", Get).RequireAuthorization(WebRoles.Read);

    async Task Get(HttpContext context)
    {
        var (visitor, patterns, from) = (Visitor.Of(context), Patterns(context.Request), Place(context.Request));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted,
            host.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            var endings = feed.Follow(from,
                record => visitor.Sees(record.Key) && patterns.Exists(one => one.Fits(KeyOf(record))), end.Token);
            await Send(context, visitor, endings, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The listener disconnected, or the worker stops.
        }
        catch (FailureException) when (context.Response.HasStarted)
        {
            // The database is unavailable. The listener reconnects and continues at its position.
        }
    }

    async Task Send(HttpContext context, Visitor visitor, IAsyncEnumerable<(EndedJob? Ended, EventPlace Place)> endings,
        CancellationTokenSource end)
    {
        await using var told = endings.GetAsyncEnumerator(end.Token);
        var next = told.MoveNextAsync().AsTask();
        try
        {
            while (await IsThere(context, visitor, next, end.Token))
            {
                var (ended, place) = told.Current;
                await Write(context, $"id: {place.Id}\n{Text(ended)}\n", end.Token);
                next = told.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator cannot be disposed while it waits for the next item.
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Whether there is a next one. Meanwhile comments keep the connection alive.
    async Task<bool> IsThere(HttpContext context, Visitor visitor, Task<bool> next, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await next.WaitAsync(HeartEvery, clock, cancellation);
            }
            catch (TimeoutException)
            {
                if (!IsStillLetIn(visitor))
                    return false;
                await Write(context, ":\n\n", cancellation);
            }
        }
    }

    // Removing a token ends its streams.
    bool IsStillLetIn(Visitor visitor) => tokens.IsOpen || tokens.Named(visitor.Name) is { Visitor: var now }
        && now.May(WebRoles.Read) && now.Tenant == visitor.Tenant;

    // The first text tells a browser how long to wait before it reconnects, and the position to continue from.
    static string Text(EndedJob? ended) => ended is null
        ? "retry: 2000\n"
        : $"event: {KeyOf(ended.Record)}\ndata: {Encoding.UTF8.GetString(ended.Ending)}\n";

    static async Task Write(HttpContext context, string text, CancellationToken cancellation)
    {
        await context.Response.WriteAsync(text, cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }

    static string KeyOf(JobRecord record) => $"{record.Operation}.{record.State}";

    static List<RoutingPattern> Patterns(HttpRequest request)
    {
        var given = request.Query["key"].OfType<string>().Where(key => key.Length > 0).ToList();
        if (given.Count > MostPatterns || given.Exists(key => key.Length > LongestPattern))
            throw new WebProblem(StatusCodes.Status400BadRequest, FailureCodes.InvalidRequest,
                $"key occurs {given.Count} times; allowed: up to {MostPatterns} of up to {LongestPattern} "
                    + "characters, such as message-model.completed and *.failed.")
            { Member = "key" }.Thrown();
        return [.. given.DefaultIfEmpty(All).Select(key => new RoutingPattern(key))];
    }

    static EventPlace? Place(HttpRequest request)
    {
        if (request.Headers["Last-Event-ID"].ToString() is not { Length: > 0 } id)
            return null;
        return EventPlace.Read(id) ?? throw new WebProblem(StatusCodes.Status400BadRequest, FailureCodes.InvalidRequest,
            "Last-Event-ID is not an id that was sent here. Leave it out to receive new endings.")
        { Member = "Last-Event-ID" }.Thrown();
    }
}
