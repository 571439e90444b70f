using Spectre.Console;

namespace OpenAIWorker.Cli.Dead;

/// <summary>Shows a bar on a terminal, and nothing in a pipe.</summary>
static class DeadProgress
{
    /// <param name="what">The past tense of the action, such as <c>replayed</c>.</param>
    /// <param name="total">The number of letters to check.</param>
    /// <param name="work">Reports how many letters it has checked, and how many of them it has changed.</param>
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
