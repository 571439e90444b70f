using Spectre.Console;

namespace OpenAIWorker.Cli.Dead;

/// <summary>A bar on a terminal, nothing in a pipe.</summary>
static class Progress
{
    /// <param name="what">What is done, such as <c>replayed</c>.</param>
    /// <param name="total">How many letters will be looked at.</param>
    /// <param name="work">Reports how many it has looked at, and to how many of them it has done it.</param>
    public static Task Show(string what, long total, Func<Action<int, int>, Task> work)
    {
        if (Console.IsErrorRedirected)
            return work((_, _) => { });
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                var task = context.AddTask($"0 {what}", maxValue: Math.Max(1, total));
                await work((looked, done) =>
                {
                    task.Value = looked;
                    task.Description = $"{done} {what}";
                });
                task.Value = task.MaxValue;
            });
    }
}
