using OpenAIWorker.Cli.Batch.Input;

namespace OpenAIWorker.Cli.Batch;

/// <summary>
/// Jobs that the broker has not confirmed yet. After each confirmation, <see cref="SentFile"/> notes the line up to
/// which all jobs are sent.
/// </summary>
sealed class UnconfirmedJobs(SentFile? sent, TimeProvider clock)
{
    // Jobs that are sent but not yet noted as sent are sent twice if the run is killed; so keep them few.
    const int Most = 64;

    // After a stop, the wait for jobs on their way to the broker. A broker that is away confirms none; the next run
    // sends them again.
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    readonly List<Sending> sending = new(Most);
    long line;
    LineHash content;

    public bool IsFull => sending.Count == Most;

    /// <summary>Adds the job of the line after the last passed one.</summary>
    public void Add(Task job) => sending.Add(new(job, line, content));

    /// <summary>All lines up to this one have been added, or need not be sent.</summary>
    public void Pass(JobLine passed) =>
        (line, content) = (passed.Number, sent is null ? content : content.Then(passed.Hash));

    /// <summary>Waits until the broker has confirmed all of them.</summary>
    public async Task Confirm(CancellationToken cancellation)
    {
        var all = Task.WhenAll(sending.Select(one => one.Job));
        try
        {
            await all.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Jobs on their way may still arrive; the next run starts again at the first unconfirmed one.
            await all.WaitAsync(Grace, clock, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (sending.Find(one => !one.Job.IsCompletedSuccessfully) is { } open)
            {
                Note(open.LinesBefore, open.ContentBefore);
                throw;
            }
        }
        sending.Clear();
        Note(line, content);
    }

    void Note(long last, LineHash before)
    {
        if (last > sent?.State.Sent)
            sent.Sent(last, before);
    }

    /// <param name="Job">Completes when the broker has the job.</param>
    /// <param name="LinesBefore">The number of the last line before it.</param>
    /// <param name="ContentBefore">The hash of all lines up to that one.</param>
    sealed record Sending(Task Job, long LinesBefore, LineHash ContentBefore);
}
