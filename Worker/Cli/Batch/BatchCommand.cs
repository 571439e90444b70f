using System.CommandLine;

namespace OpenAIWorker.Cli.Batch;

/// <summary><c>batch</c>: runs the jobs of a file.</summary>
static class BatchCommand
{
    const string Description = """
        Runs the jobs of a file and writes their endings, a line each. On the broker of Broker:Uri, else in this process.

        A line is {"operation": "message-model", …members of the contract…}, or a line of an OpenAI Batch file, which is answered as OpenAI does.
        Run the same command again to go on where it ended: jobs with an ending in the output are not sent again.

        Exit codes: 0 all jobs succeeded, 1 some failed, 2 the command or a setting is wrong, 130 interrupted.
        """;

    public static Command Make(IReadOnlyList<string> settings)
    {
        var input = new Argument<string>("INPUT") { Description = "A file of jobs, one JSON object a line; - is standard input." };
        var output = new Option<string>("--output", "-o") { Description = "Where the endings go; - is standard output.", Required = true };
        var restart = new Option<bool>("--restart") { Description = "Begin the output anew." };
        var resend = new Option<bool>("--resend") { Description = "Send jobs again that an earlier run left with the broker, when the broker has lost them." };
        var window = new Option<int?>("--window") { Description = "Jobs sent and not ended, at most. Default: 1024 in this process, 10000 on a broker." };
        var noProgress = new Option<bool>("--no-progress") { Description = "Lines instead of a bar." };
        window.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() is not (null or (>= 1 and <= 1_000_000)))
                given.AddError("--window must be 1 to 1000000.");
        });
        var command = new Command("batch", Description) { input, output, restart, resend, window, noProgress };
        command.SetAction(parsed => BatchSession.Run(settings, new(
            parsed.GetValue(input)!, parsed.GetValue(output)!, parsed.GetValue(restart), parsed.GetValue(resend), parsed.GetValue(window), parsed.GetValue(noProgress))));
        return command;
    }
}
