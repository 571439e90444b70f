using System.CommandLine;
using System.CommandLine.Parsing;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Delivery.DeadLetters;

namespace OpenAIWorker.Cli.Dead;

/// <summary><c>dead</c>: shows the dead-letter queues, sends jobs again, deletes messages.</summary>
static class DeadCommand
{
    public static Command Make(IReadOnlyList<string> settings) =>
        new("dead", "Failed jobs, whose messages are kept: list, show, replay, drop.")
    {
        List(settings),
        Show(settings),
        Replay(settings),
        Drop(settings),
    };

    static Command List(IReadOnlyList<string> settings)
    {
        var filter = new FilterOptions();
        var json = new Option<bool>("--json") { Description = "One JSON object per line." };
        var command = filter.AddTo(new("list", "Counts them by operation, code and model.") { json });
        command.SetAction((parsed, cancellation) =>
            DeadRun.With(settings, box => DeadRun.List(box, filter.Read(parsed), parsed.GetValue(json), cancellation),
                cancellation));
        return command;
    }

    static Command Show(IReadOnlyList<string> settings)
    {
        var filter = new FilterOptions();
        var limit = new Option<int>("--limit")
        {
            HelpName = "N",
            Description = "How many.",
            DefaultValueFactory = _ => 10
        };
        limit.Within(1, int.MaxValue);
        var json = new Option<bool>(
            "--json")
        { Description = "One JSON object per line, with the unchanged message in request." };
        var command = filter.AddTo(new("show", "Shows them completely, with their messages.") { limit, json });
        command.SetAction((parsed, cancellation) =>
            DeadRun.With(settings, box =>
                DeadRun.Show(box, filter.Read(parsed), parsed.GetValue(limit), parsed.GetValue(json), cancellation),
                cancellation));
        return command;
    }

    static Command Replay(IReadOnlyList<string> settings)
    {
        var filter = new FilterOptions();
        var dryRun = DryRun();
        var rate = new Option<double>("--rate")
        {
            HelpName = "N",
            Description = "The most jobs per second.",
            DefaultValueFactory = _ => 100
        };
        rate.Within(0.001m, 100_000);
        var all = new Option<bool>("--all") { Description = "All of them, without asking." };
        var command = filter.AddTo(
            new("replay", "Sends the jobs again, with their ids and all their attempts.") { dryRun, rate, all });
        command.Validators.Add(given =>
        {
            if (IsWide(given) && !Question.CanBeAsked)
                given.AddError(NeedsToKnow("replay"));
        });
        command.SetAction((parsed, cancellation) => DeadRun.With(settings, async box =>
            !IsWide(parsed.CommandResult)
                || Question.IsAnswered(await box.Count(filter.Read(parsed), cancellation) is var count and not 1
                    ? $"Send all {count} failed jobs again?"
                    : "Send the failed job again?")
                ? await DeadRun.Each(box, filter.Read(parsed), parsed.GetValue(dryRun), "replayed", box.Replay,
                    parsed.GetValue(rate), cancellation)
                : ExitCodes.Usage, cancellation));

        bool IsWide(CommandResult given) => filter.IsUnset(given) && !given.GetValue(all) && !given.GetValue(dryRun);
        return command;
    }

    static Command Drop(IReadOnlyList<string> settings)
    {
        var filter = new FilterOptions();
        var dryRun = DryRun();
        var all = new Option<bool>("--all") { Description = "Required if no other option selects them." };
        var command = filter.AddTo(
            new("drop", "Deletes the messages of the jobs. They cannot be restored.") { dryRun, all });
        command.Validators.Add(given =>
        {
            if (filter.IsUnset(given) && !given.GetValue(all))
                given.AddError(NeedsToKnow("drop"));
        });
        command.SetAction((parsed, cancellation) => DeadRun.With(settings, box =>
            DeadRun.Each(box, filter.Read(parsed), parsed.GetValue(dryRun), "dropped", box.Drop,
                double.PositiveInfinity, cancellation), cancellation));
        return command;
    }

    static string NeedsToKnow(string verb) =>
        $"dead {verb} needs to know which: give --code, --operation, --model, --job, --tenant, --older-than or "
            + "--newer-than, or --all.";

    static Option<bool> DryRun() => new("--dry-run") { Description = "Only counts; changes nothing." };
}
