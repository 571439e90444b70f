using System.Collections.Concurrent;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Cli.Batch;

/// <summary>The jobs of a run that have not ended. Writes each ending when it arrives.</summary>
sealed class AwaitedJobs(
    OutputFile output, BatchOptions options, BatchCounts counts, CostLimit? limit, bool isEmbedded)
{
    readonly ConcurrentDictionary<string, Awaited> awaited = new();
    readonly Room window = new(options.WindowFor(isEmbedded));
    readonly TaskCompletionSource allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly OrderedOutput? order = options.KeepOrder && !output.IsFile ? new(output) : null;
    volatile bool allAdded;
    readonly ConcurrentDictionary<string, bool> unwritten = new();
    long place;

    /// <summary>Endings that arrived and could not be written.</summary>
    public long Unwritten => unwritten.Count;

    public bool Contains(string jobId) => awaited.ContainsKey(jobId);

    /// <summary>Adds a job once the window has room for it.</summary>
    /// <param name="line">The job's line.</param>
    /// <param name="isWithBroker">Whether an earlier run has already sent it.</param>
    /// <param name="reserved">The part of the budget that is reserved for it.</param>
    /// <param name="cancellation">Ends the wait for room.</param>
    public async Task Add(JobLine line, bool isWithBroker, SetAside reserved, CancellationToken cancellation)
    {
        // Jobs already with the broker fitted into the window of the run that sent them.
        if (!isWithBroker)
            await window.Enter(cancellation);
        awaited[line.JobId] = new(line, place++, !isWithBroker, reserved);
        counts.Sent();
    }

    /// <summary>Writes the failure of a line that is not a job.</summary>
    public async Task Bad(JobLine line, Failure problem)
    {
        var ending = JobEnding.Of(line, problem, counts.Now);
        await Write(place++, line, ending, holdsPlace: false);
        counts.Bad(ending);
    }

    /// <summary>Writes the ending of a job. False: no job with this id is awaited.</summary>
    public async Task<bool> End(JobEvent arrived)
    {
        if (!awaited.TryRemove(arrived.JobId, out var job))
            return false;
        var ending = JobEnding.Of(arrived);
        try
        {
            await Write(job.Place, job.Line, ending, job.HoldsPlace);
        }
        catch (IOException)
        {
            // A broker delivers it again, also to this run before it ends: then it is still no stranger, which would be
            // acknowledged.
            awaited[arrived.JobId] = job;
            unwritten[arrived.JobId] = true;
            throw;
        }
        counts.End(arrived.JobId, ending);
        limit?.Settle(job.Reserved, ending);
        EndIfDone();
        return true;
    }

    /// <summary>No more jobs will be added. Completes when all have ended.</summary>
    public Task AllEnded(CancellationToken cancellation)
    {
        allAdded = true;
        EndIfDone();
        return allEnded.Task.WaitAsync(cancellation);
    }

    /// <summary>No more endings will come: writes those that were held back to keep the order.</summary>
    public Task Flush() => order?.Flush() ?? Task.CompletedTask;

    // An ending that is held back keeps its place, so that few are.
    async Task Write(long at, JobLine line, JobEnding ending, bool holdsPlace)
    {
        var record = output.Format.Record(line, ending);
        if (order is not null)
        {
            await order.Add(at, record, holdsPlace ? window.Leave : null);
            return;
        }
        await output.Add(record);
        if (holdsPlace)
            window.Leave();
    }

    void EndIfDone()
    {
        if (allAdded && awaited.IsEmpty && counts.Waiting == 0)
            allEnded.TrySetResult();
    }

    sealed record Awaited(JobLine Line, long Place, bool HoldsPlace, SetAside Reserved);
}
