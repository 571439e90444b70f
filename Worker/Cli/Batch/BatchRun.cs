using System.Collections.Concurrent;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;

namespace OpenAIWorker.Cli.Batch;

/// <summary>Sends the lines of a file as jobs and writes exactly one ending for each, whatever interrupts it.</summary>
sealed class BatchRun(IJobClient client, OutputFile output, SentFile? sent, BatchOptions options, BatchCounts counts,
    CostLimit? limit, Action<string> complain) : IDisposable
{
    // Jobs that are sent but not yet noted as sent are sent twice if the run is killed; so keep them few.
    const int AtOnce = 64;
    const int Complaints = 10;
    const int Tries = 5;

    // After a stop, the wait for jobs on their way to the broker. A broker that is away confirms none; the next run
    // sends them again.
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, Awaited> awaited = new();
    readonly SemaphoreSlim window = new(options.WindowFor(client.IsEmbedded));
    readonly TaskCompletionSource allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<string> vain = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly OrderedOutput? order = options.KeepOrder && !output.IsFile ? new(output) : null;
    volatile bool allSent;
    int complaints;
    long place, unwritten;

    /// <summary>
    /// Why the run ended before all lines did: the provider refuses the key, the budget is used up, the broker is lost.
    /// Null: it did not.
    /// </summary>
    public string? Stopped { get; private set; }

    /// <summary>Endings that arrived and could not be written.</summary>
    public long Unwritten => Interlocked.Read(ref unwritten);

    /// <summary>Completes when every line has its ending, or no more endings can come.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public async Task Run(IAsyncEnumerable<JobLine> lines, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = SendAndWait(lines, stop.Token);
        var watch = WatchBroker(stop.Token);
        var first = await Task.WhenAny(work, output.Writing, vain.Task);
        if (first != work)
        {
            await stop.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else
            await stop.CancelAsync();
        await watch;
        if (first == vain.Task)
            Stopped = await vain.Task;
        else
            await first;
    }

    public void Dispose() => window.Dispose();

    async Task SendAndWait(IAsyncEnumerable<JobLine> lines, CancellationToken cancellation)
    {
        await Send(lines, cancellation);
        allSent = true;
        EndIfDone();
        await allEnded.Task.WaitAsync(cancellation);
        if (Stopped is null)
            sent?.Remove();
    }

    async Task Send(IAsyncEnumerable<JobLine> lines, CancellationToken cancellation)
    {
        var (receiving, last, content, read) = (false, 0L, default(LineHash), 0);
        var group = new List<Sending>(AtOnce);
        try
        {
            await foreach (var line in lines.WithCancellation(cancellation))
            {
                if (read++ == options.Limit)
                    break;
                var isWithBroker = line.Number <= (options.Resend ? 0 : sent?.State.Sent ?? 0);
                // Receives nothing before the run knows all jobs that events may be about.
                if (!isWithBroker && !receiving)
                    receiving = await Receive(cancellation);
                if (await Admit(line, isWithBroker, cancellation) && !isWithBroker)
                    group.Add(new(Send(line.Request!, cancellation), last, content));
                if (Stopped is not null)
                    break;
                (last, content) = (line.Number, content.Then(line.Hash));
                if (group.Count == AtOnce)
                    await Confirmed(group, last, content, cancellation);
            }
            if (!receiving)
                await Receive(cancellation);
        }
        finally
        {
            await Confirmed(group, last, content, cancellation);
        }
    }

    // Jobs that a broker did not confirm before it disconnected are sent again after it returns: the job id is the
    // same.
    async Task Send(JobRequest job, CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await client.Send(job, CancellationToken.None);
                return;
            }
            catch (Exception broken) when (client.Away is not null || tries < Tries
                && BrokerConnectionFailure.IsOfBroker(broken))
            {
                do
                    await Task.Delay(Again, counts.Clock, stop);
                while (client.Away is not null);
                // The job may have reached the broker before the disconnection; then its ending arrives in the queue.
                if (!awaited.ContainsKey(job.JobId!))
                    return;
            }
        }
    }

    async Task WatchBroker(CancellationToken stop)
    {
        if (options.Wait || client.IsEmbedded)
            return;
        var lost = new BrokerPatience(client, counts.Clock).Lost(stop);
        await ((Task)lost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (lost.IsCompletedSuccessfully)
            vain.TrySetResult(await lost);
    }

    /// <summary>Takes an event; completes when its ending is written.</summary>
    public async Task Take(JobEvent arrived)
    {
        if (arrived.Type == JobEvent.Delayed)
            Refuse(counts.Delay(arrived));
        else if (!awaited.TryRemove(arrived.JobId, out var job))
            counts.Stray();
        else
            await End(job, arrived);
    }

    async Task End(Awaited job, JobEvent arrived)
    {
        var ending = JobEnding.Of(arrived);
        try
        {
            await Write(job.Place, job.Line, ending);
        }
        catch (IOException)
        {
            Interlocked.Increment(ref unwritten);
            throw;
        }
        counts.End(arrived.JobId, ending);
        limit?.Settle(job.Reserved, ending);
        if (job.HoldsPlace)
            window.Release();
        EndIfDone();
    }

    // Only unattended runs wait until somebody corrects the key.
    void Refuse(CredentialPaused paused)
    {
        if (!options.Wait)
            vain.TrySetResult(
                $"The provider refuses the credential '{paused.Credential}': {paused.Message} Mend it and run the "
                    + "same command again, or let jobs wait with --wait.");
    }

    // Workers report the pause with the job that was refused. A credential that jobs waited for in an earlier run may
    // work again.
    void Refuse(OperationDelayed? wait)
    {
        if (!options.Wait && !client.IsEmbedded
            && wait is { Code: FailureCodes.Unauthorized or FailureCodes.Forbidden or FailureCodes.QuotaExhausted }
            && wait.Until > counts.Now)
            vain.TrySetResult(
                $"The workers' credential is refused: {wait.Message.TrimEnd('.')}. Mend it there; jobs with the "
                    + "broker go on then by themselves. --wait waits for it.");
    }

    async Task<bool> Receive(CancellationToken cancellation)
    {
        client.Paused += Refuse;
        sent?.Begin();
        await client.Receive(Take, cancellation);
        return true;
    }

    async Task Confirmed(List<Sending> group, long line, LineHash content, CancellationToken cancellation)
    {
        var all = Task.WhenAll(group.Select(sending => sending.Task));
        try
        {
            await all.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Jobs on their way may still arrive; the next run starts again at the first unconfirmed one.
            await all.WaitAsync(Grace, counts.Clock, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (group.Find(sending => !sending.Task.IsCompletedSuccessfully) is { } open)
            {
                Note(open.LinesBefore, open.ContentBefore);
                throw;
            }
        }
        group.Clear();
        Note(line, content);
    }

    void Note(long line, LineHash content)
    {
        if (line > sent?.State.Sent)
            sent.Sent(line, content);
    }

    // Whether the line is a job whose ending must be awaited.
    async Task<bool> Admit(JobLine line, bool isWithBroker, CancellationToken cancellation)
    {
        if (output.Earlier.Take(line.Hash))
        {
            counts.Skipped++;
            return false;
        }
        counts.Duplicates += line.IsDuplicate ? 1 : 0;
        if (line.Problem is { } problem)
            return await Refuse(line, problem);
        SetAside? reserved = isWithBroker || limit is null
            ? default(SetAside)
            : await limit.Reserve(line.Request!, cancellation);
        if (reserved is null)
        {
            Stopped = limit!.Says(line);
            return false;
        }
        // Jobs already with the broker fitted into the window of the run that sent them.
        if (!isWithBroker)
            await window.WaitAsync(cancellation);
        awaited[line.JobId] = new(line, place++, !isWithBroker, reserved.Value);
        counts.Sent();
        return true;
    }

    async Task<bool> Refuse(JobLine line, Failure problem)
    {
        if (++complaints <= Complaints)
            complain($"line {line.Number}: {problem.Message}");
        else if (complaints == Complaints + 1)
            complain("More lines are bad; the output has them all.");
        var ending = JobEnding.Of(line, problem, counts.Now);
        await Write(place++, line, ending);
        counts.Bad(ending);
        return false;
    }

    Task Write(long at, JobLine line, JobEnding ending)
    {
        var record = output.Format.Record(line, ending);
        return order?.Add(at, record) ?? output.Add(record);
    }

    /// <summary>No more endings will come: writes those that were held back to keep the order.</summary>
    public Task Flush() => order?.Flush() ?? Task.CompletedTask;

    void EndIfDone()
    {
        if (allSent && awaited.IsEmpty && counts.Waiting == 0)
            allEnded.TrySetResult();
    }

    sealed record Awaited(JobLine Line, long Place, bool HoldsPlace, SetAside Reserved);

    /// <param name="Task">Completes when the broker has the job.</param>
    /// <param name="LinesBefore">The number of the last line before it.</param>
    /// <param name="ContentBefore">The hash of all lines up to that one.</param>
    sealed record Sending(Task Task, long LinesBefore, LineHash ContentBefore);
}
