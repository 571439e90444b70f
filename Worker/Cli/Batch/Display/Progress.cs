using Spectre.Console;

namespace OpenAIWorker.Cli.Batch.Display;

/// <summary>
/// Shows on standard error how the batch stands: a bar on a terminal, a line now and then elsewhere. What fails here
/// ends no work.
/// </summary>
sealed class Progress : IAsyncDisposable
{
    static readonly TimeSpan BarEvery = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource end = new();
    readonly BatchCounts counts;
    readonly IAnsiConsole? console;
    readonly int attempts;
    readonly Task showing;

    Progress(BatchCounts counts, int attempts, IAnsiConsole? console)
    {
        (this.counts, this.attempts, this.console) = (counts, attempts, console);
        showing = console is null ? Lines() : BarOrLines(console);
    }

    public static bool IsTerminal =>
        !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    /// <param name="counts">What is shown.</param>
    /// <param name="attempts">How many attempts a job has.</param>
    /// <param name="noBar">Lines on a terminal too.</param>
    public static Progress Start(BatchCounts counts, int attempts, bool noBar) =>
        new(counts, attempts, noBar || !IsTerminal
            ? null
            : AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }));

    /// <summary>Says something above the bar.</summary>
    public void Say(string text)
    {
        try
        {
            if (console is null)
                Told.Error(text);
            else
                foreach (var line in Told.Lines(text, console.Profile.Width - 1))
                    console.WriteLine(line.PadRight(console.Profile.Width - 1));
        }
        catch (Exception)
        {
            // The terminal is gone.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    async Task Lines()
    {
        while (await Tick(LineEvery))
            await Console.Error.WriteLineAsync(Standing.Line(counts, attempts));
    }

    // What is shown is not worth a job: where a terminal cannot have a bar, it gets lines.
    async Task BarOrLines(IAnsiConsole terminal)
    {
        try
        {
            await terminal.Live(Board(terminal)).AutoClear(false).StartAsync(async live =>
            {
                do
                    live.UpdateTarget(Board(terminal));
                while (await Tick(BarEvery));
                live.UpdateTarget(Board(terminal));
            });
        }
        catch (Exception) when (!end.IsCancellationRequested)
        {
            await Lines();
        }
    }

    Text Board(IAnsiConsole terminal) =>
        new(string.Join('\n', Standing.Lines(counts, attempts, terminal.Profile.Width)));

    // False when the batch has ended.
    async Task<bool> Tick(TimeSpan interval)
    {
        await Task.Delay(interval, TimeProvider.System, end.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !end.IsCancellationRequested;
    }
}
