using System.CommandLine;

namespace OpenAIWorker.Cli;

/// <summary><c>cancel</c>: gives up jobs that wait or run.</summary>
static class CancelCommand
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        var jobs = new Argument<string[]>("ID")
        {
            Description = "The jobs' ids, as send prints them.",
            Arity = ArgumentArity.OneOrMore
        };
        const string does =
            "Gives up jobs that wait or run, on the broker of Broker:Uri. A job that has ended stays as it ended.";
        var command = new Command("cancel", does) { jobs };
        command.SetAction((parsed, cancellation) => Run(settings, parsed.GetValue(jobs)!, cancellation));
        return command;
    }

    static async Task<int> Run(IReadOnlyList<string> settings, IReadOnlyList<string> jobs,
        CancellationToken cancellation)
    {
        await using var sender = await CancelSenders.Open(settings, cancellation);
        foreach (var job in jobs)
        {
            await sender.Send(job, cancellation);
            Told.Out($"Workers were told to give up {job}.");
        }
        return ExitCodes.Success;
    }
}
