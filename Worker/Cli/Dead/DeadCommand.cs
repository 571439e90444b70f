using System.CommandLine;
using OpenAIWorker.Delivery.DeadLetters;

namespace OpenAIWorker.Cli.Dead;

/// <summary><c>dead</c>: looks into the dead-letter queues, sends jobs again, throws them away.</summary>
static class DeadCommand
{
    public static Command Make(IReadOnlyList<string> settings) => new("dead", "Jobs that were given up: list, show, replay, drop.")
    {
        List(settings),
        Show(settings),
        Replay(settings),
        Drop(settings),
    };

    static Command List(IReadOnlyList<string> settings)
    {
        var filter = new FilterOptions();
        var command = filter.AddTo(new("list", "Counts them by operation, code and model."));
        command.SetAction((parsed, cancellation) => DeadRun.With(settings, box => DeadRun.List(box, filter.Read(parsed), cancellation), cancellation));
        return command;
    }

    static Command Show(IReadOnlyList<string> settings)
    {
        var filter = new FilterOptions();
        var limit = new Option<int>("--limit") { Description = "How many.", DefaultValueFactory = _ => 10 };
        var command = filter.AddTo(new("show", "Shows them whole, the message included.") { limit });
        command.SetAction((parsed, cancellation) =>
            DeadRun.With(settings, box => DeadRun.Show(box, filter.Read(parsed), parsed.GetValue(limit), cancellation), cancellation));
        return command;
    }

    static Command Replay(IReadOnlyList<string> settings)
    {
        var filter = new FilterOptions();
        var dryRun = DryRun();
        var rate = new Option<double>("--rate") { Description = "Jobs a second at most.", DefaultValueFactory = _ => 100 };
        rate.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<double>() is not (> 0 and <= 100_000))
                given.AddError("--rate must be above 0 and at most 100000.");
        });
        var command = filter.AddTo(new("replay", "Sends the jobs again, with their ids and all their attempts.") { dryRun, rate });
        command.SetAction((parsed, cancellation) => DeadRun.With(settings, box =>
            DeadRun.Each(box, filter.Read(parsed), parsed.GetValue(dryRun), "replayed", box.Replay, parsed.GetValue(rate), cancellation), cancellation));
        return command;
    }

    static Command Drop(IReadOnlyList<string> settings)
    {
        var filter = new FilterOptions();
        var dryRun = DryRun();
        var all = new Option<bool>("--all") { Description = "Needed when nothing else says which." };
        var command = filter.AddTo(new("drop", "Throws the jobs away. They cannot be had back.") { dryRun, all });
        command.Validators.Add(given =>
        {
            if (filter.IsUnset(given) && !given.GetValue(all))
                given.AddError("dead drop needs to know which: give --code, --operation, --model, --job, --older-than or --newer-than, or --all.");
        });
        command.SetAction((parsed, cancellation) => DeadRun.With(settings, box =>
            DeadRun.Each(box, filter.Read(parsed), parsed.GetValue(dryRun), "dropped", box.Drop, double.PositiveInfinity, cancellation), cancellation));
        return command;
    }

    static Option<bool> DryRun() => new("--dry-run") { Description = "Only counts what would be done." };
}
