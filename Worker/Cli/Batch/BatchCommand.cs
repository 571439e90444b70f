using System.CommandLine;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Cli.Send;
using OpenAIWorker.Operations;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch;

/// <summary><c>batch</c>: runs the jobs of a file.</summary>
static class BatchCommand
{
    const string Description = """
        Runs the jobs of a file and writes their endings. On the broker of Broker:Uri, else in this process.

        A line is {"operation": "message-model", …members of the contract…}, or a line of an OpenAI Batch file, which is answered as OpenAI does. A row of a CSV file is a job by --prompt.
        Run the same command again to go on where it ended: lines that have an ending in the output are not sent again. More: docs/batch.md.

        Exit codes: 0 all jobs succeeded, 1 the output has failures, 2 the command, the input or a setting is wrong and nothing was sent, 130 interrupted.
        """;

    public static Command Make(IReadOnlyList<string> settings)
    {
        var input = new Argument<string>(
            "INPUT")
        { Description = "A file of jobs, .jsonl or .csv; - is standard input." };
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "Where the endings go, .jsonl or .csv; - is standard output. Required, but for --dry-run."
        };
        var prompt = new Option<string?>("--prompt")
        {
            HelpName = "TEXT",
            Description = "The text of each job, with {column} for a column of the table or a member of the line."
        };
        var model = new Option<string?>("--model")
        {
            HelpName = "NAME",
            Description = "The model of lines that name none."
        };
        var instructions = new Option<string?>("--instructions")
        {
            HelpName = "TEXT",
            Description = "The instructions of lines that have none."
        };
        var operation = new Option<string?>("--operation")
        {
            HelpName = "NAME",
            Description = "The operation of lines that name none. Default with --prompt: message-model."
        };
        var sets = new Option<string[]>("--set")
        {
            HelpName = "NAME=VALUE",
            Description = "NAME=VALUE: a member for lines that do not have it. May be given more than once.",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false
        };
        var limit = new Option<int?>("--limit") { HelpName = "N", Description = "Only the first N lines." };
        var maxCost = new Option<decimal?>("--max-cost")
        {
            HelpName = "USD",
            Description = "US dollars: no job is sent that could make the output cost more."
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only counts lines and estimates tokens and cost." };
        var retryFailed = new Option<bool>(
            "--retry-failed")
        { Description = "Runs the failed jobs of the output again." };
        var restart = new Option<bool>("--restart") { Description = "Begins the output anew." };
        var keepOrder = new Option<bool>("--keep-order") { Description = "The endings in the order of their lines." };
        var echo = new Option<bool>("--echo") { Description = "Repeats the request beside its ending." };
        var inputFormat = new Option<string?>("--input-format")
        {
            HelpName = "FORMAT",
            Description = "csv or jsonl. Default: by the input's name."
        };
        var format = new Option<string?>("--format")
        {
            HelpName = "FORMAT",
            Description = "csv or jsonl. Default: by the output's name."
        };
        var wait = new Option<bool>(
            "--wait")
        {
            Description =
                "Waits for a provider or a broker that does not answer, and for a key that is refused."
        };
        var summary = new Option<string?>("--summary")
        {
            HelpName = "FILE",
            Description = "A file for the summary as JSON; - is standard output."
        };
        var resend = new Option<bool>(
            "--resend")
        {
            Description =
                "Sends jobs again that an earlier run left with the broker, when the broker has lost them."
        };
        var window = new Option<int?>("--window")
        {
            HelpName = "N",
            Description = "Jobs sent and not ended, at most. Default: 1024 in this process, 10000 on a broker."
        };
        var noProgress = new Option<bool>("--no-progress") { Description = "Lines instead of a bar." };
        HelpPage.Put("Input and output", output, inputFormat, format, keepOrder, echo, summary);
        HelpPage.Put("For lines that do not say it themselves", prompt, model, instructions, operation, sets);
        HelpPage.Put("How much", limit, maxCost, dryRun);
        HelpPage.Put("Going on where a run ended", retryFailed, restart, resend);
        HelpPage.Put("The run", wait, window, noProgress);
        inputFormat.AcceptOnlyFromAmong("csv", "jsonl");
        format.AcceptOnlyFromAmong("csv", "jsonl");
        window.Within(1, 1_000_000);
        limit.Within(1, int.MaxValue);
        maxCost.Within(0.000001m, 1_000_000_000);
        var command = new Command("batch", Description)
        {
            input, output, inputFormat, format, keepOrder, echo, summary, prompt, model, instructions, operation, sets,
                limit, maxCost, dryRun, retryFailed, restart, resend, wait, window, noProgress,
        };
        command.SetAction(parsed =>
            BatchSession.Run(settings,
                Checked(new(parsed.GetValue(input)!,
                    StandardOutput.IsMeantBy(parsed.GetValue(output)) ? OpenedOutput.Pipe : parsed.GetValue(output))
                {
                    Defaults = LineDefaults.Of(parsed.GetValue(operation), parsed.GetValue(model),
                parsed.GetValue(instructions), parsed.GetValue(prompt), parsed.GetValue(sets) ?? []),
                    InputFormat = parsed.GetValue(inputFormat),
                    Format = parsed.GetValue(format),
                    Restart = parsed.GetValue(restart),
                    RetryFailed = parsed.GetValue(retryFailed),
                    Resend = parsed.GetValue(resend),
                    KeepOrder = parsed.GetValue(keepOrder),
                    Echo = parsed.GetValue(echo),
                    Wait = parsed.GetValue(wait),
                    DryRun = parsed.GetValue(dryRun),
                    NoProgress = parsed.GetValue(noProgress),
                    Window = parsed.GetValue(window),
                    Limit = parsed.GetValue(limit),
                    MaxCost = parsed.GetValue(maxCost),
                    Summary = parsed.GetValue(summary),
                })));
        return command;
    }

    static BatchOptions Checked(BatchOptions options)
    {
        List<string> problems = [];
        if (options is { Output: null, DryRun: false })
            problems.Add(
                "--output is missing. Name the file for the endings, such as -o results.jsonl; - is standard output.");
        if (options is { Restart: true, RetryFailed: true })
            problems.Add(
                "--restart and --retry-failed exclude each other: the one begins anew, the other keeps what "
                    + "succeeded.");
        if (options is { Summary: "-", Output: "-" })
            problems.Add("--summary - and --output - would be mixed up. Name a file for one of them.");
        // Before any job is paid for.
        if (options.Summary is { } summary and not "-")
            SavedFiles.CheckTarget("--summary", summary);
        if (options.Defaults.Operation is { } operation && Operations.OperationCatalog.Named(operation) is null)
            problems.Add(JobReading.Unknown("--operation", operation));
        return problems.Count == 0 ? options : throw new SettingsException(problems);
    }
}
