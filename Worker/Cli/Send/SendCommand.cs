using System.CommandLine;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Schemas;

namespace OpenAIWorker.Cli.Send;

/// <summary>
/// <c>send</c>: sends one job, with a subcommand for each operation and an option for each member of its request.
/// </summary>
static class SendCommand
{
    public const string Name = "send";

    const string Description = """
        Sends one job to the broker of Broker:Uri, and with --wait prints its answer. With --wait and no broker, the job runs in this process.

        Options set the members of the request; --body takes a whole request. '@' is a character, and '-' is standard input.

        Exit codes: 0 sent, or with --wait succeeded; 1 the job failed or the broker is not reachable; 2 the command or a setting is wrong.
        """;

    /// <param name="settings">The settings.</param>
    /// <param name="withOperations">Whether it has its subcommands.</param>
    public static Command Make(IReadOnlyList<string> settings, bool withOperations)
    {
        var command = new Command(Name, Description);
        foreach (var operation in withOperations ? OperationCatalog.All : [])
            command.Add(Of(operation, settings));
        return command;
    }

    static Command Of(Operation operation, IReadOnlyList<string> settings)
    {
        var job = new JobArguments(operation);
        var wait = new Option<bool>(
            "--wait")
        {
            Description =
                "Waits for the ending: the answer goes to standard output, a failure to standard error."
        };
        var json = new Option<bool>("--json") { Description = "With --wait: prints the whole ending as JSON." };
        var save = new Option<string?>("--save")
        {
            HelpName = "FILE",
            Description =
                "Waits, and writes the result to this file: sound, an image, or the text. Several become "
                    + "FILE-1, FILE-2 and so on."
        };
        HelpPage.Put("The answer", wait, json, save);
        var command = job.AddTo(new(operation.Name, $"{Documentation.Of(operation.Request)}") { wait, json, save });
        command.SetAction((parsed, cancellation) =>
        {
            var target = parsed.GetValue(save);
            return SendRun.Run(settings, () => job.Read(parsed),
                new(parsed.GetValue(wait) || target is not null, parsed.GetValue(json), target), cancellation);
        });
        return command;
    }
}
