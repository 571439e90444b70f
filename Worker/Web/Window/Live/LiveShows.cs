using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OpenAIWorker.Web.Window.Live;

/// <summary>Sends changing pages by server-sent events.</summary>
sealed class LiveShows(TimeProvider clock)
{
    // After this time the browser reconnects by itself, and authenticates again.
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    const int Most = 500;

    readonly ConcurrentDictionary<string, LiveShow> shows = new();

    /// <summary>Sends a page's parts, first all of them, then those that have changed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">A key with everything on which the content depends.</param>
    /// <param name="read">Reads the content.</param>
    public async Task Send(HttpContext context, string name, Func<Task<IReadOnlyList<LivePart>>> read)
    {
        if (shows.Count > Most)
            Forget();
        var response = context.Response;
        response.ContentType = "text/event-stream";
        // A proxy that buffers the answer would hold all of it back.
        response.Headers["X-Accel-Buffering"] = "no";
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted,
            context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        over.CancelAfter(Longest);
        try
        {
            await Send(response, shows.GetOrAdd(name, _ => new(read, clock)), over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The visitor has left, or reconnects.
        }
    }

    static async Task Send(HttpResponse response, LiveShow show, CancellationToken over)
    {
        var sent = new Dictionary<string, string>();
        await foreach (var look in show.Follow(over))
        {
            var changed = look.Parts?.Where(part => sent.GetValueOrDefault(part.Key) != part.Value).ToDictionary();
            foreach (var (id, html) in changed ?? [])
                sent[id] = html;
            var data = JsonSerializer.Serialize(new { at = look.At, parts = changed, why = look.Why });
            await response.WriteAsync($"event: look\ndata: {data}\n\n", over);
            await response.Body.FlushAsync(over);
        }
    }

    void Forget()
    {
        foreach (var show in shows)
        {
            if (!show.Value.HasWatchers)
                shows.TryRemove(show);
        }
    }
}
