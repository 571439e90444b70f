using OpenAIWorker.Telemetry;
using Spectre.Console;

namespace OpenAIWorker.Cli.Batch.Display;

/// <summary>
/// Shows the progress on standard error: a bar on a terminal, otherwise a line now and then. A failure here never stops
/// the batch.
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

    /// <param name="counts">The numbers to show.</param>
    /// <param name="attempts">The maximum number of attempts per job.</param>
    /// <param name="noBar">True: lines even on a terminal.</param>
    public static Progress Start(BatchCounts counts, int attempts, bool noBar) =>
        new(counts, attempts, noBar || !IsTerminal
            ? null
            : AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }));

    /// <summary>Prints a text above the bar.</summary>
    public void Say(string text)
    {
        try
        {
            if (console is null)
                Told.Error(text);
            else
                foreach (var line in Told.Lines(PlainText.Line(text), console.Profile.Width - 1))
                    console.WriteLine(line.PadRight(console.Profile.Width - 1));
        }
        catch (Exception)
        {
            // The terminal is closed.
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
            Told.Error(Standing.Line(counts, attempts));
    }

    // A failing display must not cost a job: if the terminal cannot show a bar, it gets lines.
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

    // Returns false when the batch has ended.
    async Task<bool> Tick(TimeSpan interval)
    {
        await Task.Delay(interval, TimeProvider.System, end.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !end.IsCancellationRequested;
    }
}
