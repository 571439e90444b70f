using System.CommandLine;
using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Dead;
using OpenAIWorker.Cli.Schemas;
using OpenAIWorker.Cli.Send;
using OpenAIWorker.Cli.Watch;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary>The program: no verb runs the worker.</summary>
static class WorkerCommand
{
    public static async Task<int> Run(string[] args)
    {
        using var spare = new OpenFiles();
        try
        {
            return await RunVerb(args);
        }
        catch (Exception wrong)
        {
            // Nothing more can be loaded then, not even what makes sentences of faults.
            var isExhausted = OpenFiles.AreExhausted();
            spare.Dispose();
            if (isExhausted)
                return Wrong([OpenFiles.Exhausted], ExitCodes.Failed);
            var (says, code) = Faults.Of(wrong);
            return Wrong(says, code);
        }
    }

    static async Task<int> RunVerb(string[] args)
    {
        var (settings, words) = SettingArguments.Split(args);
        var root = new RootCommand("Takes OpenAI jobs from a message broker. Without a verb: runs the worker until it is stopped. Any setting can be given as --Section:Name=value.")
        {
            BatchCommand.Make(settings),
            CheckCommand.Make(settings),
            DeadCommand.Make(settings),
            HealthCommand.Make(settings),
            SchemasCommand.Make(),
            SendCommand.Make(settings),
            WatchCommand.Make(settings),
            // Taken from the arguments before the verbs are: here it is for the help.
            new Option<string>(SettingsFiles.Word) { Recursive = true, HelpName = "FILE", Description = $"A JSON file of settings. Without it: the one that {SettingsFiles.Variable} names." },
        };
        root.SetAction((_, cancellation) => WorkerRun.Run(settings, cancellation));
        var parsed = root.Parse(words);
        if (parsed.Errors.Count > 0)
            return Wrong(parsed.Errors.Select(error => error.Message).Append("See --help."));
        return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    static int Wrong(IEnumerable<string> problems, int code = ExitCodes.Usage)
    {
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        return code;
    }
}
