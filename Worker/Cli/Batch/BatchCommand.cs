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
        Runs the jobs of a file and writes their endings. Runs them on the broker of Broker:Uri, or in this process if none is set.

        A line is {"operation": "message-model", …members of the contract…}, or a line of an OpenAI Batch file, which is answered in the same format. --prompt makes a job of each row of a CSV file.
        Run the same command again to continue: lines that have an ending in the output are not sent again. More: docs/batch.md.

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
            Description = "The file for the endings, .jsonl or .csv; - is standard output. "
                + "Required, except with --dry-run."
        };
        var prompt = new Option<string?>("--prompt")
        {
            HelpName = "TEXT",
            Description = "The text of each job, with {column} for a column of the table or a member of the line."
        };
        var model = new Option<string?>("--model")
        {
            HelpName = "NAME",
            Description = "The model for lines that name none."
        };
        var instructions = new Option<string?>("--instructions")
        {
            HelpName = "TEXT",
            Description = "The instructions for lines that have none."
        };
        var operation = new Option<string?>("--operation")
        {
            HelpName = "NAME",
            Description = "The operation for lines that name none. Default with --prompt: message-model."
        };
        var sets = new Option<string[]>("--set")
        {
            HelpName = "NAME=VALUE",
            Description = "NAME=VALUE: a member for lines that do not have it. May be repeated.",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false
        };
        var limit = new Option<int?>("--limit") { HelpName = "N", Description = "Only the first N lines." };
        var maxCost = new Option<decimal?>("--max-cost")
        {
            HelpName = "USD",
            Description = "US dollars: a job that could exceed this total cost is not sent."
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only counts lines and estimates tokens and cost." };
        var retryFailed = new Option<bool>(
            "--retry-failed")
        { Description = "Runs the failed jobs of the output again." };
        var restart = new Option<bool>("--restart") { Description = "Starts the output again from the beginning." };
        var keepOrder = new Option<bool>("--keep-order")
        { Description = "Sorts the endings in the order of their lines." };
        var echo = new Option<bool>("--echo") { Description = "Repeats the request beside its ending." };
        var inputFormat = new Option<string?>("--input-format")
        {
            HelpName = "FORMAT",
            Description = "csv or jsonl. Default: by the input's extension."
        };
        var format = new Option<string?>("--format")
        {
            HelpName = "FORMAT",
            Description = "csv or jsonl. Default: by the output's extension."
        };
        var wait = new Option<bool>(
            "--wait")
        {
            Description =
                "Waits while the provider or the broker does not answer, or the key is refused."
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
                "Sends jobs of an earlier run again if the broker has lost them."
        };
        var window = new Option<int?>("--window")
        {
            HelpName = "N",
            Description = "The most jobs that are sent and have not ended. "
                + "Default: 1024 in this process, 10000 on a broker."
        };
        var noProgress = new Option<bool>("--no-progress") { Description = "Shows lines instead of a bar." };
        HelpPage.Put("Input and output", output, inputFormat, format, keepOrder, echo, summary);
        HelpPage.Put("For lines that do not set it themselves", prompt, model, instructions, operation, sets);
        HelpPage.Put("How much", limit, maxCost, dryRun);
        HelpPage.Put("Continuing an earlier run", retryFailed, restart, resend);
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
                "--restart and --retry-failed exclude each other: one starts again, the other keeps what "
                    + "succeeded.");
        if (options is { Summary: "-", Output: "-" })
            problems.Add("--summary - and --output - would be mixed on standard output. Name a file for one of them.");
        // Before any job is paid for.
        if (options.Summary is { } summary and not "-")
            SavedFiles.CheckTarget("--summary", summary);
        if (options.Defaults.Operation is { } operation && Operations.OperationCatalog.Named(operation) is null)
            problems.Add(JobReading.Unknown("--operation", operation));
        return problems.Count == 0 ? options : throw new SettingsException(problems);
    }
}
