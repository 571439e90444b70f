using Spectre.Console;

namespace OpenAIWorker.Cli.Dead;

/// <summary>A running count on a terminal, nothing in a pipe.</summary>
static class Progress
{
    public static Task Show(string what, Func<Action<int>, Task> work)
    {
        if (Console.IsErrorRedirected)
            return work(_ => { });
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Status().StartAsync($"0 {what}", context => work(count => context.Status($"{count} {what}")));
    }
}
