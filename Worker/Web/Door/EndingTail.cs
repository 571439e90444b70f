using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;

namespace OpenAIWorker.Web.Door;

/// <summary>
/// Reads endings as they arrive in the database, only while someone waits: one query for everybody who waits for a job,
/// and one for all listeners. It sees the endings of all workers.
/// </summary>
sealed partial class EndingTail(EndingSearch search, ContentCipher cipher, IHostApplicationLifetime host,
    TimeProvider clock, ILogger<EndingTail> logger)
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(300);

    // More at once would take database time from the jobs.
    const int PageSize = 500;

    readonly Lock guard = new();
    readonly Dictionary<JobKey, Awaited> awaited = [];
    readonly HashSet<EndingListener> listeners = [];
    readonly EndingWindow window = new(search, clock);
    readonly Log log = new(logger);
    bool isRunning;

    /// <summary>
    /// Waits for a job's ending, at most <paramref name="most"/>. Null: it has not ended by then, or the worker stops.
    /// </summary>
    /// <exception cref="FailureException">The ending cannot be read.</exception>
    public async Task<EndedJob?> Wait(JobKey job, TimeSpan most, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, host.ApplicationStopping);
        var ending = Join(job);
        try
        {
            return Open(await ending.WaitAsync(most, clock, end.Token));
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            Leave(job);
        }
    }

    /// <summary>Passes on endings from now on, until the listener is removed.</summary>
    public void Add(EndingListener listener)
    {
        lock (guard)
        {
            listeners.Add(listener);
            Begin();
        }
    }

    public void Remove(EndingListener listener)
    {
        lock (guard)
            listeners.Remove(listener);
    }

    /// <summary>An ending as it was published.</summary>
    /// <exception cref="FailureException">The ending cannot be read.</exception>
    public EndedJob Open(EndedRecord ended) =>
        new(ended.Record, ended.Ending is { } content ? cipher.Open(ended.Record.Key, content) : []);

    Task<EndedRecord> Join(JobKey job)
    {
        lock (guard)
        {
            if (!awaited.TryGetValue(job, out var waits))
                awaited.Add(job, waits = new());
            waits.Count++;
            Begin();
            return waits.Ending.Task;
        }
    }

    void Leave(JobKey job)
    {
        lock (guard)
        {
            if (awaited.TryGetValue(job, out var waits) && --waits.Count == 0)
                awaited.Remove(job);
        }
    }

    // Called under the lock.
    void Begin()
    {
        if (isRunning)
            return;
        isRunning = true;
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(Run);
    }

    async Task Run()
    {
        while (Wanted() is var (jobs, heard))
        {
            try
            {
                await Answer(jobs);
                await Tell(heard);
            }
            catch (FailureException)
            {
                // The database is unavailable, which is logged once. Waiting continues.
            }
            catch (Exception broken)
            {
                // If this loop ended, everybody who waits would wait in vain.
                log.Failed(broken);
            }
            await Task.Delay(Every, clock);
        }
    }

    (List<JobKey> Jobs, List<EndingListener> Heard)? Wanted()
    {
        lock (guard)
        {
            if (awaited.Count > 0 || listeners.Count > 0)
                return ([.. awaited.Where(wait => !wait.Value.Ending.Task.IsCompleted).Select(wait => wait.Key)],
                    [.. listeners]);
            isRunning = false;
            window.Close();
            return null;
        }
    }

    async Task Answer(List<JobKey> jobs)
    {
        if (jobs.Count == 0)
            return;
        foreach (var ended in await search.Of(jobs, CancellationToken.None))
        {
            lock (guard)
                awaited.GetValueOrDefault(ended.Record.Key)?.Ending.TrySetResult(ended);
        }
    }

    async Task Tell(List<EndingListener> heard)
    {
        if (heard.Count == 0)
        {
            window.Close();
            return;
        }
        var fresh = await window.Fresh(CancellationToken.None);
        // Earlier endings are read by each listener itself.
        heard.ForEach(listener => listener.Begin());
        foreach (var some in fresh.Where(record => heard.Exists(listener => listener.Wants(record))).Chunk(PageSize))
        {
            var ended = (await search.Of([.. some.Select(record => record.Key)], CancellationToken.None))
                .ToDictionary(one => one.Record.Key);
            foreach (var record in some)
                if (ended.TryGetValue(record.Key, out var one))
                    heard.ForEach(listener => listener.Take(one));
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(73, LogLevel.Error,
            "An error of the worker itself, while it looked for endings; it looks again")]
        public partial void Failed(Exception broken);
    }

    sealed class Awaited
    {
        public int Count { get; set; }

        public TaskCompletionSource<EndedRecord> Ending { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
