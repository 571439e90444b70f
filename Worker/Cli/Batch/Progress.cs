using Spectre.Console;

namespace OpenAIWorker.Cli.Batch;

/// <summary>Shows on standard error how the batch stands: a bar on a terminal, a line now and then elsewhere.</summary>
sealed class Progress : IAsyncDisposable
{
    static readonly TimeSpan BarEvery = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource end = new();
    readonly BatchCounts counts;
    readonly long begun = TimeProvider.System.GetTimestamp();
    readonly Task showing;

    Progress(BatchCounts counts, bool asLines)
    {
        this.counts = counts;
        showing = asLines ? Lines() : BarOrLines();
    }

    public static Progress Start(BatchCounts counts, bool noBar) => new(counts, noBar || Console.IsErrorRedirected);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await showing;
        end.Dispose();
    }

    string State => $"{counts.Ended / Math.Max(0.001, TimeProvider.System.GetElapsedTime(begun).TotalSeconds):0}/s  {counts.Succeeded} succeeded  {counts.Failed} failed  {counts.Waiting} waiting";

    long Done => counts.Ended + counts.Skipped;

    async Task Lines()
    {
        while (await Tick(LineEvery))
            await Console.Error.WriteLineAsync(counts.Total is { } total ? $"{State}  {Eta(total)}" : State);
    }

    string Eta(long total)
    {
        var left = total - Done;
        return counts.Ended == 0 ? $"of {total}" : $"of {total}, {TimeProvider.System.GetElapsedTime(begun) / counts.Ended * left:hh\\:mm\\:ss} to go";
    }

    // What is shown is not worth a job: where a terminal cannot have a bar, it gets lines.
    async Task BarOrLines()
    {
        try
        {
            await Bar();
        }
        catch (Exception)
        {
            await Lines();
        }
    }

    Task Bar()
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                var task = context.AddTask(State, maxValue: counts.Total ?? 1);
                task.IsIndeterminate = counts.Total is null;
                do
                {
                    task.Value = Done;
                    task.Description = State;
                }
                while (await Tick(BarEvery));
                task.Value = counts.Total is null ? 1 : Done;
                task.Description = State;
            });
    }

    // False when the batch has ended.
    async Task<bool> Tick(TimeSpan interval)
    {
        await Task.Delay(interval, TimeProvider.System, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !end.IsCancellationRequested;
    }
}
