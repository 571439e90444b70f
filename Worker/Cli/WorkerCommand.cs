using System.CommandLine;
using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Check;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Cli.Completion;
using OpenAIWorker.Cli.Dead;
using OpenAIWorker.Cli.Jobs;
using OpenAIWorker.Cli.Orders;
using OpenAIWorker.Cli.Payload;
using OpenAIWorker.Cli.Schemas;
using OpenAIWorker.Cli.Send;
using OpenAIWorker.Cli.Settings;
using OpenAIWorker.Cli.Watch;
using OpenAIWorker.Cli.Web;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary>The program. Without a verb it runs the worker.</summary>
static class WorkerCommand
{
    // A prompt may begin with @, so response files are off.
    static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> Run(string[] args)
    {
        // First of all: whatever is opened may get the number of a closed stream.
        ClosedStreams.Replace();
        using var spare = new OpenFiles();
        try
        {
            return await RunVerb(args);
        }
        catch (Exception wrong)
        {
            // Nothing more can be loaded then, not even the code that explains faults.
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
        // For a shell's completion the words are only parsed.
        var (settings, words) = CompletionCommand.IsQuestion(args) ? ([], args) : SettingArguments.Split(args);
        // No verb: the worker starts a fifth faster, and in less memory, without the verbs.
        if (words.Count == 0)
            return await WorkerRun.Run(settings, CancellationToken.None);
        var root = Verbs(settings, words.Any(word => word.Contains(SendCommand.Name, StringComparison.Ordinal)));
        HelpText.Apply(root);
        var parsed = root.Parse(words, Parsing);
        if (parsed.Errors.Count > 0)
            return Wrong(ParseProblems.Of(parsed));
        return await parsed.InvokeAsync(
            new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>All verbs.</summary>
    /// <param name="settings">They use these settings.</param>
    /// <param name="withOperations">Whether <c>send</c> has its subcommands, whose options and descriptions are most of
    /// what there is to make.</param>
    public static RootCommand Verbs(IReadOnlyList<string> settings, bool withOperations = true)
    {
        var root = new RootCommand("""
            Takes OpenAI jobs from a message broker. Without a verb: runs the worker until it is stopped.

            Any setting can be given as --Section:Name=value; 'worker settings' shows them all.
            """)
        {
            BatchCommand.Make(settings),
            CancelCommand.Make(settings),
            CheckCommand.Make(settings),
            CompletionCommand.Make(),
            DeadCommand.Make(settings),
            HealthCommand.Make(settings),
            JobsCommand.Make(settings),
            LimitsCommand.Make(settings),
            PauseCommand.Pause(settings),
            PayloadCommand.Make(settings),
            PauseCommand.Resume(settings),
            SchemasCommand.Make(),
            SendCommand.Make(settings, withOperations),
            SettingsCommand.Make(),
            WatchCommand.Make(settings),
            WebCommand.Make(settings),
            // The arguments are read before the verbs are parsed; the option is here for the help.
            new Option<string>(SettingsFiles.Word) { Recursive = true, HelpName = "FILE",
                Description = $"A JSON file with settings. Without it: the file that {SettingsFiles.Variable} names." },
        };
        root.SetAction((_, cancellation) => WorkerRun.Run(settings, cancellation));
        EmptyValues.Refuse(root, but: SendCommand.Name);
        return root;
    }

    static int Wrong(IEnumerable<string> problems, int code = ExitCodes.Usage)
    {
        foreach (var problem in problems)
            Told.Error(problem);
        return code;
    }
}
