using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OpenAIWorker.Web.Window.Live;

/// <summary>
/// A changing page for everybody who looks at it: it is rendered once per tick, and only while someone looks.
/// </summary>
sealed class LiveShow(Func<Task<IReadOnlyList<LivePart>>> read, TimeProvider clock)
{
    readonly Lock guard = new();
    readonly List<Channel<LiveLook>> watchers = [];
    bool isOn;

    public bool HasWatchers
    {
        get
        {
            lock (guard)
                return watchers.Count > 0;
        }
    }

    /// <summary>The page at each tick. A slow reader misses old states.</summary>
    public async IAsyncEnumerable<LiveLook> Follow([EnumeratorCancellation] CancellationToken cancellation)
    {
        var looks = Channel.CreateBounded<LiveLook>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (guard)
        {
            watchers.Add(looks);
            if (!isOn)
                _ = Run();
            isOn = true;
        }
        try
        {
            await foreach (var look in looks.Reader.ReadAllAsync(cancellation))
                yield return look;
        }
        finally
        {
            lock (guard)
                watchers.Remove(looks);
        }
    }

    async Task Run()
    {
        await Task.Yield();
        while (true)
        {
            var look = await Look();
            lock (guard)
            {
                isOn = watchers.Count > 0;
                if (!isOn)
                    return;
                foreach (var watcher in watchers)
                    watcher.Writer.TryWrite(look);
            }
            await Task.Delay(TickCache.Tick, clock);
        }
    }

    async Task<LiveLook> Look()
    {
        var at = clock.GetUtcNow();
        try
        {
            var parts = new Dictionary<string, string>();
            foreach (var part in await read())
                parts[part.Id] = await Page.Html(part.Content);
            return new(at, parts, null);
        }
        catch (Exception broken)
        {
            return new(at, null, PageDesk.Explain(broken) ?? "An error of the worker itself: its log has the details.");
        }
    }
}

/// <summary>The state of a page at a moment.</summary>
/// <param name="At">When.</param>
/// <param name="Parts">The HTML inside each of its parts; null: the data could not be read.</param>
/// <param name="Why">Why it could not be read.</param>
sealed record LiveLook(DateTimeOffset At, IReadOnlyDictionary<string, string>? Parts, string? Why);
