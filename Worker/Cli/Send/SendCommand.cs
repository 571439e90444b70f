using System.CommandLine;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Cli.Send;

/// <summary><c>send</c>: sends one job, with a verb for each operation and an option for each member of its request.</summary>
static class SendCommand
{
    const string Description = """
        Sends one job to the broker of Broker:Uri, and with --wait prints its answer. With --wait and no broker it runs in this process.

        Exit codes: 0 sent, or with --wait succeeded; 1 the job failed or the broker is away; 2 the command or a setting is wrong.
        """;

    public static Command Make(IReadOnlyList<string> settings)
    {
        var command = new Command("send", Description);
        foreach (var operation in OperationCatalog.All)
            command.Add(Of(operation, settings));
        return command;
    }

    static Command Of(Operation operation, IReadOnlyList<string> settings)
    {
        var job = new JobArguments(operation);
        var wait = new Option<bool>("--wait") { Description = "Wait for the ending: the answer goes to standard output, a failure to standard error." };
        var json = new Option<bool>("--json") { Description = "With --wait: the whole ending as JSON." };
        var command = job.AddTo(new(operation.Name, $"Ends as {operation.Result.Name}.") { wait, json });
        command.SetAction((parsed, cancellation) => SendRun.Run(settings, () => job.Read(parsed), parsed.GetValue(wait), parsed.GetValue(json), cancellation));
        return command;
    }
}
