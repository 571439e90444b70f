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
    CostLimit? limit, Action<string> complain)
{
    const int Complaints = 10;
    const int Tries = 5;

    static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    readonly AwaitedJobs awaited = new(output, options, counts, limit, client.IsEmbedded);
    readonly UnconfirmedJobs unconfirmed = new(sent, counts.Clock);
    readonly TaskCompletionSource<string> vain = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int complaints;

    /// <summary>
    /// Why the run ended before all lines did: the provider refuses the key, the budget is used up, the broker is lost.
    /// Null: it did not.
    /// </summary>
    public string? Stopped { get; private set; }

    /// <summary>Endings that arrived and could not be written.</summary>
    public long Unwritten => awaited.Unwritten;

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

    async Task SendAndWait(IAsyncEnumerable<JobLine> lines, CancellationToken cancellation)
    {
        await Send(lines, cancellation);
        await awaited.AllEnded(cancellation);
        if (Stopped is null)
            sent?.Remove();
    }

    async Task Send(IAsyncEnumerable<JobLine> lines, CancellationToken cancellation)
    {
        var (receiving, read) = (false, 0);
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
                    unconfirmed.Add(Send(line.Request!, cancellation));
                if (Stopped is not null)
                    break;
                unconfirmed.Pass(line);
                if (unconfirmed.IsFull)
                    await unconfirmed.Confirm(cancellation);
            }
            if (!receiving)
                await Receive(cancellation);
        }
        finally
        {
            await unconfirmed.Confirm(cancellation);
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
                if (!awaited.Contains(job.JobId!))
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
        else if (!await awaited.End(arrived))
            counts.Stray();
    }

    // Only unattended runs wait until somebody corrects the key.
    void Refuse(CredentialPaused paused)
    {
        if (!options.Wait)
            vain.TrySetResult(
                $"The provider refuses the credential '{paused.Credential}': {paused.Message}".Then("Correct it and "
                    + "run the same command again, or let jobs wait with --wait."));
    }

    // Workers report the pause with the job that was refused. A credential that jobs waited for in an earlier run may
    // work again.
    void Refuse(OperationDelayed? wait)
    {
        if (!options.Wait && !client.IsEmbedded
            && wait is { Code: FailureCodes.Unauthorized or FailureCodes.Forbidden or FailureCodes.QuotaExhausted }
            && wait.Until > counts.Now)
            vain.TrySetResult(
                $"The workers' credential is refused: {wait.Message.TrimEnd('.')}. Correct it there; jobs with the "
                    + "broker then continue by themselves. --wait waits for it.");
    }

    async Task<bool> Receive(CancellationToken cancellation)
    {
        client.Paused += Refuse;
        sent?.Begin();
        await client.Receive(Take, cancellation);
        return true;
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
        await awaited.Add(line, isWithBroker, reserved.Value, cancellation);
        return true;
    }

    async Task<bool> Refuse(JobLine line, Failure problem)
    {
        if (++complaints <= Complaints)
            complain($"line {line.Number}: {problem.Message}");
        else if (complaints == Complaints + 1)
            complain("More lines are bad; the output has them all.");
        await awaited.Bad(line, problem);
        return false;
    }

    /// <summary>No more endings will come: writes those that were held back to keep the order.</summary>
    public Task Flush() => awaited.Flush();
}
