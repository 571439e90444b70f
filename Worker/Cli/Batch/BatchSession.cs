using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OpenAIWorker.Cli.Batch.Display;
using OpenAIWorker.Cli.Batch.Estimates;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Costs;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Cli.Batch;

/// <summary>A batch from opening its files to its exit code.</summary>
static class BatchSession
{
    // A person reads the progress, not a log; but a paused credential must be shown.
    static readonly IReadOnlyList<string> Defaults = ["--Logging:LogLevel:Default=Critical"];

    // For a client that was killed and restarts.
    static readonly TimeSpan RepliesKept = TimeSpan.FromDays(7);

    public static async Task<int> Run(IReadOnlyList<string> given, BatchOptions options)
    {
        IReadOnlyList<string> settings = [.. Defaults, .. given];
        using var interrupt = new Interrupt();
        try
        {
            using var input = InputFile.Open(options.Input);
            var configuration = WorkerHost.Settings(settings).Configuration;
            var prices = new PriceList(configuration.Read<CostsOptions>());
            var isEmbedded = configuration.Read<BrokerOptions>().IsEmbedded;
            // Input that can be read twice can be compared with the output of an earlier run.
            if (options.Output is { } name && name != OpenedOutput.Pipe && File.Exists(name))
                await input.Copy(interrupt.Token);
            var source = await JobSource.Open(input, options.IsTableIn, options.Defaults, interrupt.Token);
            FirstLook.Check(options.Input, source.First);
            if (options.DryRun)
                return await DryRun.Run(source, options, new JobEstimates(prices), interrupt.Token);
            return await Run(settings, options, input, source, prices,
                configuration.Read<DeliveryOptions>().MaxAttempts, isEmbedded, interrupt);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            Told.Error("Interrupted before the first job; nothing was sent.");
            return ExitCodes.Interrupted;
        }
        catch (BrokerUnavailableException away)
        {
            throw new SettingsException([$"{away.Message} Wait for it with --wait."]);
        }
    }

    static async Task<int> Run(
        IReadOnlyList<string> settings, BatchOptions options, InputFile input, JobSource source, PriceList prices,
        int attempts, bool isEmbedded, Interrupt interrupt)
    {
        IOutputFormat format = options.IsTableOut
            ? new TableRows(source.Columns, options.Echo)
            : new JsonLines(source.Columns, options.Echo, answer => CostOf(answer, prices));
        var opened = OpenedOutput.Open(options.Output!, format, input.Path, options.Restart);
        if (options.RetryFailed)
            await DropFailed(opened, format, options.Output!);
        await using var output = new OutputFile(opened, format);
        var sent = isEmbedded || !opened.IsFile ? null : SentFile.Open(options.Output!, options.Restart);
        var earlier = output.Earlier;
        var counts = new BatchCounts();
        var report = new BatchReport(options, counts, isEmbedded, opened.IsFile);
        if (input.IsFile)
        {
            var (total, open) = await ResumeCheck.Run(source, options.Limit, earlier, sent?.State, options.Output!,
                interrupt.Token);
            counts.Total = total;
            if (open == 0)
            {
                sent?.Remove();
                counts.Skipped = total;
                return await report.End(earlier.Failed, isInterrupted: false, stopped: null);
            }
        }
        var failedBefore = earlier.Failed;
        // The output has the results of a file's jobs, and the next file may use the same ids.
        var client = JobClients.Open(isEmbedded ? [.. settings, "--Records:Keep=Nothing"] : settings,
            sent?.State.Replies ?? Guid.NewGuid().ToString("N"), RepliesKept,
            // One time for all: who cancels the run's group meanwhile means its later jobs too.
            options.RetryFailed ? TimeProvider.System.GetUtcNow() : null);
        counts.Calls = client.IsEmbedded ? () => client.Running : null;
        counts.BrokerAway = () => client.Away;
        var isDisposed = false;
        try
        {
            if (!options.Wait)
                await Readiness.Check(client, source.First, interrupt.Token);
            var limit = options.MaxCost is { } dollars ? new CostLimit(dollars, earlier.Cost, new(prices)) : null;
            string? stopped = null;
            await using (var progress = Progress.Start(counts, attempts, options.NoProgress))
            {
                var run = new BatchRun(client, output, sent, options, counts, limit, progress.Say);
                using var stopping = interrupt.Token.Register(() => progress.Say(Stopping(client, counts)));
                try
                {
                    await run.Run(source.Read(interrupt.Token), interrupt.Token);
                }
                catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
                {
                    // Running jobs are finished below.
                }
                catch (IOException full) when (output.Writing.IsFaulted)
                {
                    stopped = report.Unwritable(full);
                }
                isDisposed = true;
                await client.DisposeAsync();
                stopped = output.Writing.IsFaulted
                    ? $"{stopped ?? report.Unwritable(output.Writing.Exception!.InnerException!)}"
                        + $"{report.Lost(run.Unwritten)}"
                    : run.Stopped;
                if (!output.Writing.IsFaulted)
                    await run.Flush();
            }
            if (options.KeepOrder && !output.Writing.IsFaulted)
                stopped = BatchReport.Joined(stopped, await Sort(output));
            return await report.End(failedBefore, interrupt.Token.IsCancellationRequested, stopped);
        }
        finally
        {
            if (!isDisposed)
                await client.DisposeAsync();
        }
    }

    // Before anything is sent, so that a wrong command costs nothing.
    static async Task DropFailed(OpenedOutput opened, IOutputFormat format, string name)
    {
        try
        {
            await opened.DropFailed(format);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            await opened.DisposeAsync();
            throw new SettingsException(
                [
                    $"--retry-failed writes a new file beside {name}, and that is refused: "
                        + $"{FileRefusal.Reason(refused)}. Nothing was changed, nothing was sent."]);
        }
    }

    static async Task<string?> Sort(OutputFile output)
    {
        try
        {
            await output.Sort();
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"All endings are written, but not in order: {FileRefusal.Reason(refused)}.";
        }
    }

    static string Stopping(IJobClient client, BatchCounts counts)
    {
        var running = client.IsEmbedded ? client.Running : counts.Waiting;
        var what = client.IsEmbedded
            ? $"{running} {(running == 1 ? "call" : "calls")} running"
            : $"{running} jobs with the broker";
        return counts.Total is { } total
            ? $"stopping: {what}, {Math.Max(0, total - counts.Done - running)} jobs not sent. "
                + "Press again to end now."
            : $"stopping: {what}; the rest of the input is not read. Press again to end now.";
    }

    static decimal? CostOf(System.Text.Json.JsonElement answer, PriceList prices) =>
        answer.Usage() is { } usage
            ? prices.Of(usage, answer.Text("service_tier"), answer.Text("model"))?.Amount
            : null;
}
