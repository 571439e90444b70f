using OpenAIWorker.Cli.Batch.Display;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Send;

/// <summary>
/// After a while without news of a job on a broker, tells whether a worker is there to take it. In this process the
/// call is running, and may take any time.
/// </summary>
sealed class SendPatience(IJobClient client, string jobId, TimeProvider clock, Action<string> say)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A worker has sent news of the job.</summary>
    public void Hear() => heard.TrySetResult();

    public async Task<JobEvent> Wait(Task<JobEvent> ending, CancellationToken cancellation)
    {
        if (!client.IsEmbedded)
        {
            var silence = Task.Delay(Longest, clock, cancellation);
            if (await Task.WhenAny(ending, heard.Task, silence) == silence && !cancellation.IsCancellationRequested)
                say(await Says(cancellation));
        }
        try
        {
            return await ending.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (!client.IsEmbedded && cancellation.IsCancellationRequested)
        {
            say(PlainText.Line($"The job stays on the broker. Cancel it with: {Cancel}"));
            throw;
        }
    }

    string Cancel => $"worker cancel {ShellWord.Of(jobId)}";

    async Task<string> Says(CancellationToken cancellation)
    {
        var silent = $"No news of the job for {Standing.Time(Longest)}";
        const string end = "Ctrl-C ends only the waiting.";
        return client.Away is { } reason
            ? $"{silent}: the broker is not reachable, {reason.TrimEnd('.')}."
            : await client.Workers(cancellation) switch
            {
                null => $"{silent}. Is a worker running on this broker? {end}",
                0 => $"{silent}: no worker is running on this broker. The job waits there for one. {end}",
                1 => $"{silent}: one worker runs on this broker, and may be busy. {end}",
                { } many => $"{silent}: {many} workers run on this broker, and may be busy. {end}",
            };
    }
}
