using System.Text;
using Microsoft.Extensions.Configuration;
using OpenAIWorker.Delivery;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch;

/// <summary>A batch from its files to its exit code.</summary>
static class BatchSession
{
    // A person reads the progress, not a log; but a paused credential must be seen. Calls in flight are waited for, however long they take.
    static readonly IReadOnlyList<string> Defaults = ["--Logging:LogLevel:Default=Critical", "--Delivery:StopTimeout=00:25:00"];

    // For a client that was killed and comes back.
    static readonly TimeSpan RepliesKept = TimeSpan.FromDays(7);

    public static async Task<int> Run(IReadOnlyList<string> given, BatchOptions options)
    {
        IReadOnlyList<string> settings = [.. Defaults, .. given];
        if (options.Input != "-" && !File.Exists(options.Input))
            throw new SettingsException([$"There is no file {options.Input}."]);
        using var interrupt = new Interrupt();
        await using var output = await OutputFile.Open(options.Output, options.Restart, interrupt.Token);
        var counts = new BatchCounts { Total = options.Input == "-" ? null : LineCount.Of(options.Input) };
        var sent = IsEmbedded(settings) || options.Output == "-" ? null : SentFile.Open(options.Output, options.Input, options.Restart);
        var client = JobClients.Open(settings, sent?.State.Replies ?? Guid.NewGuid().ToString("N"), RepliesKept);
        using var run = new BatchRun(client, new(options.Name), output, sent, options, counts, Console.Error);
        using var input = options.Input == "-" ? Console.In : new StreamReader(options.Input, Encoding.UTF8, true, 1 << 16);
        await using (var progress = Progress.Start(counts, options.NoProgress))
        {
            try
            {
                await run.Run(input, interrupt.Token);
            }
            catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync(client.IsEmbedded
                    ? "Interrupted: finishing the calls in flight. Ctrl-C again ends at once, and loses what they cost."
                    : "Interrupted: writing what has arrived.");
            }
            catch (IOException full)
            {
                await Console.Error.WriteLineAsync($"{options.Output} cannot be written: {full.Message} What is in it is whole; the same command goes on from there.");
                return ExitCodes.Failed;
            }
            finally
            {
                await client.DisposeAsync();
            }
        }
        return Summary(options, counts, client.IsEmbedded, interrupt.Token.IsCancellationRequested);
    }

    static int Summary(BatchOptions options, BatchCounts counts, bool isEmbedded, bool isInterrupted)
    {
        Console.Error.WriteLine($"{counts.Succeeded} succeeded, {counts.Failed} failed{(counts.Skipped > 0 ? $", {counts.Skipped} had an ending before" : "")}: {options.Output}");
        if (!isInterrupted)
            return counts.Failed == 0 ? ExitCodes.Success : ExitCodes.Failed;
        Console.Error.WriteLine(isEmbedded || counts.Waiting == 0
            ? "The same command goes on from here."
            : $"{counts.Waiting} jobs are still with the broker; the same command collects them and goes on.");
        return ExitCodes.Interrupted;
    }

    static bool IsEmbedded(IReadOnlyList<string> settings) => WorkerHost.Settings(settings).Configuration.Read<BrokerOptions>().IsEmbedded;
}
