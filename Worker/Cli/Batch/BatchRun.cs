using System.Collections.Concurrent;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Cli.Batch;

/// <summary>Sends the lines of a file as jobs and writes their endings, one for each job, whatever happens in between.</summary>
sealed class BatchRun(IJobClient client, JobLines lines, OutputFile output, SentFile? sent, BatchOptions options, BatchCounts counts, TextWriter complaints)
    : IDisposable
{
    // What is sent and not yet noted as sent when a run is killed is sent twice; so not too many.
    const int AtOnce = 64;

    readonly ConcurrentDictionary<string, Awaited> awaited = new();
    readonly SemaphoreSlim window = new(options.WindowFor(client.IsEmbedded));
    readonly JobIds seen = new();
    readonly TaskCompletionSource allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool allSent;

    /// <summary>Completes when every line has its ending.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public async Task Run(TextReader input, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = SendAndWait(input, stop.Token);
        if (await Task.WhenAny(work, output.Writing) == output.Writing)
        {
            await stop.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await output.Writing;
        }
        await work;
    }

    public void Dispose() => window.Dispose();

    async Task SendAndWait(TextReader input, CancellationToken cancellation)
    {
        await Send(input, cancellation);
        allSent = true;
        EndIfDone();
        await allEnded.Task.WaitAsync(cancellation);
        sent?.Remove();
    }

    async Task Send(TextReader input, CancellationToken cancellation)
    {
        var (receiving, last) = (false, 0L);
        var group = new List<Task>(AtOnce);
        try
        {
            await foreach (var line in lines.Read(input, cancellation))
            {
                var isWithBroker = line.Number <= (options.Resend ? 0 : sent?.State.Sent ?? 0);
                // Nothing is received before the run knows all the jobs that events may be about.
                if (!isWithBroker && !receiving)
                    receiving = await Receive(cancellation);
                if (await Admit(line, isWithBroker, cancellation) && !isWithBroker)
                    group.Add(client.Send(line.Request!, CancellationToken.None));
                last = line.Number;
                if (group.Count == AtOnce)
                    await Confirmed(group, last);
            }
            if (!receiving)
                await Receive(cancellation);
        }
        finally
        {
            await Confirmed(group, last);
        }
    }

    /// <summary>Takes an event; completes when it is written.</summary>
    public async Task Take(JobEvent arrived)
    {
        if (arrived.Type == JobEvent.Delayed)
            return;
        if (!awaited.TryRemove(arrived.JobId, out var line))
        {
            counts.Stray();
            return;
        }
        await output.Add(OutputLines.Of(line.Number, line.Format, arrived));
        counts.EndedAs(arrived.Type == Endings.Completed);
        if (line.HoldsPlace)
            window.Release();
        EndIfDone();
    }

    async Task<bool> Receive(CancellationToken cancellation)
    {
        await client.Receive(Take, cancellation);
        return true;
    }

    async Task Confirmed(List<Task> group, long line)
    {
        await Task.WhenAll(group);
        group.Clear();
        if (line > sent?.State.Sent)
            sent.Sent(line);
    }

    // Whether the line is a job whose ending is to be waited for.
    async Task<bool> Admit(JobLine line, bool isWithBroker, CancellationToken cancellation)
    {
        if (output.Done.Contains(line.JobId))
        {
            counts.Skipped++;
            return false;
        }
        if (line.Problem is { } problem)
            return await Refuse(line, problem);
        if (!seen.Add(line.JobId))
            return await Refuse(line with { JobId = lines.IdOf(line.Number) }, Failure.Invalid("jobId", $"An earlier line has the id '{line.JobId}' too. Ids name jobs; give each its own."));
        // What is with the broker already fitted into the window of the run that sent it.
        if (!isWithBroker)
            await window.WaitAsync(cancellation);
        awaited[line.JobId] = new(line.Number, line.Format, !isWithBroker);
        counts.Sent();
        return true;
    }

    async Task<bool> Refuse(JobLine line, Failure problem)
    {
        if (output.Done.Contains(line.JobId))
        {
            counts.Skipped++;
            return false;
        }
        await complaints.WriteLineAsync($"line {line.Number}: {problem.Message}");
        await output.Add(OutputLines.OfProblem(line, problem));
        counts.Bad();
        return false;
    }

    void EndIfDone()
    {
        if (allSent && awaited.IsEmpty && counts.Waiting == 0)
            allEnded.TrySetResult();
    }

    sealed record Awaited(long Number, LineFormat Format, bool HoldsPlace);
}
