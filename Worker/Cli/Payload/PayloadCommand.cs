using System.CommandLine;

namespace OpenAIWorker.Cli.Payload;

/// <summary><c>payload</c>: puts bytes into the worker's payload store, and gets them out.</summary>
static class PayloadCommand
{
    public static Command Make(IReadOnlyList<string> settings) =>
        new("payload", "Bytes in the store of Payloads:Store, to which jobs and answers refer: put, get.") { Put(
            settings), Get(settings) };

    static Command Put(IReadOnlyList<string> settings)
    {
        var file = new Argument<string>("FILE") { Description = "The file to put there; - is standard input." };
        var json = new Option<bool>(
            "--json")
        {
            Description =
                "The whole reference, as a job's payload takes it: id, type, name, length, hash."
        };
        var command = new Command("put", "Puts a file into the store, and prints its id.") { file, json };
        command.SetAction((parsed, cancellation) =>
            PayloadRun.Put(settings, parsed.GetValue(file)!, parsed.GetValue(json), cancellation));
        return command;
    }

    static Command Get(IReadOnlyList<string> settings)
    {
        var id = new Argument<string>("ID") { Description = "The payload's id, such as p-81." };
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The file for the bytes. Without it: standard output, unless that is a terminal."
        };
        var command = new Command("get", "Gets the bytes of a payload.") { id, output };
        command.SetAction((parsed, cancellation) =>
            PayloadRun.Get(settings, parsed.GetValue(id)!, parsed.GetValue(output), cancellation));
        return command;
    }
}
