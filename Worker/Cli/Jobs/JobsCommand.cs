using System.CommandLine;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Cli.Jobs;

/// <summary><c>jobs</c>: shows the state of jobs, from the database of the workers.</summary>
static class JobsCommand
{
    const string WaitText = """
        Waits until jobs have ended, or all jobs of a group, including those that no worker has seen yet. Exits with 0 if all were completed, and with 1 if one
        failed or the time was over.
        """;

    const string RetryText = """
        Sends failed jobs again: from the dead-letter queues of Broker:Uri, or from their records (Records:Keep=Everything). They keep their ids, and have all their attempts again.
        """;

    const string PurgeText = """
        Deletes the records of ended jobs: of these jobs, or of all jobs of a group or a tenant. A job that is sent again after that is called again. Jobs that wait or
        run are not deleted: cancel them first.
        """;

    public static Command Make(IReadOnlyList<string> settings) =>
        new("jobs",
            "The state of jobs, if workers keep records (Records:Keep): list, groups, show, wait, retry, stats, "
                + "purge.")
    {
        List(settings),
        Groups(settings),
        Show(settings),
        Wait(settings),
        Retry(settings),
        Stats(settings),
        Purge(settings),
    };

    static Command List(IReadOnlyList<string> settings)
    {
        var filter = new JobFilterOptions();
        var after = new Option<string?>("--after")
        {
            HelpName = "ID",
            Description = "Continues after this job, the last one on the previous page."
        };
        var limit = new Option<int>("--limit")
        {
            HelpName = "N",
            Description = "How many.",
            DefaultValueFactory = _ => 20
        };
        limit.Within(1, 10_000);
        var json = Json();
        var command = filter.AddTo(
            new("list", "Lists jobs with their states, the newest first.") { limit, after, json });
        command.SetAction((parsed, cancellation) => JobsRun.With(settings, desk =>
            JobsRun.List(desk, filter.Read(parsed, desk.Now), parsed.GetValue(after), parsed.GetValue(limit),
                parsed.GetValue(json), cancellation), cancellation));
        return command;
    }

    static Command Groups(IReadOnlyList<string> settings)
    {
        var (id, tenant, json) = (new Argument<string?>("ID")
        {
            Description = "Only this group, with the usage of its jobs. Without it: all, the newest first.",
            Arity = ArgumentArity.ZeroOrOne
        }, Tenant(), Json());
        var limit = new Option<int>("--limit")
        {
            HelpName = "N",
            Description = "How many.",
            DefaultValueFactory = _ => 20
        };
        limit.Within(1, 10_000);
        var command = new Command("groups", "Shows groups of jobs, and their progress.") { id, tenant, limit,
            json };
        command.SetAction((parsed, cancellation) => JobsRun.With(settings, desk =>
            GroupsRun.Show(desk, parsed.GetValue(id), parsed.GetValue(tenant), parsed.GetValue(limit),
                parsed.GetValue(json), cancellation), cancellation));
        return command;
    }

    static Command Show(IReadOnlyList<string> settings)
    {
        var (id, tenant, json) = (Id(), Tenant(), Json());
        var command = new Command("show",
            "Shows the whole record of a job: times, waits, failed attempts, usage, its request and its ending.") { id,
            tenant, json };
        command.SetAction((parsed, cancellation) => JobsRun.With(settings, desk =>
            JobsRun.Show(desk, parsed.GetRequiredValue(id), parsed.GetValue(tenant), parsed.GetValue(json),
                cancellation), cancellation));
        return command;
    }

    static Command Wait(IReadOnlyList<string> settings)
    {
        var (ids, group, tenant, json) = (AnyIds(), Group(), Tenant(), Json());
        var time = TimeOption.Of("--timeout",
            "The longest wait, such as 90s or 2h. Without it: until all have ended.");
        var command = new Command("wait", HelpText.Flowing(WaitText)) { ids, group, tenant, time, json };
        command.Validators.Add(given =>
        {
            if (given.GetResult(group) is null == given.GetValue(ids) is not { Length: > 0 })
                given.AddError("jobs wait needs to know for which: give ids, or --group.");
        });
        command.SetAction((parsed, cancellation) => JobsRun.With(settings, desk => parsed.GetValue(group) is { } id
            ? GroupsWait.Run(desk, id, parsed.GetValue(tenant), parsed.GetValue(time), parsed.GetValue(json),
                cancellation)
            : JobsWait.Run(desk, parsed.GetValue(ids)!, parsed.GetValue(tenant), parsed.GetValue(time),
                parsed.GetValue(json), cancellation), cancellation));
        return command;
    }

    static Command Retry(IReadOnlyList<string> settings)
    {
        var (ids, tenant) = (Ids(), Tenant());
        var command = new Command("retry", HelpText.Flowing(RetryText)) { ids, tenant };
        command.SetAction((parsed, cancellation) => JobsRun.With(settings, desk =>
            JobsRetry.Run(settings, desk, parsed.GetRequiredValue(ids), parsed.GetValue(tenant), cancellation),
            cancellation));
        return command;
    }

    static Command Stats(IReadOnlyList<string> settings)
    {
        var filter = new JobFilterOptions();
        var by = new Option<string>("--by")
        {
            HelpName = "WHAT",
            Description = "The grouping: operation, model, tenant, group, credential, code or day.",
            DefaultValueFactory = _ => "operation"
        };
        by.AcceptOnlyFromAmong("operation", "model", "tenant", "group", "credential", "code", "day");
        var json = Json();
        var command = filter.AddTo(new("stats", "Counts jobs and sums their usage and cost.") { by, json });
        command.SetAction((parsed, cancellation) => JobsRun.With(settings, desk =>
            JobsRun.Stats(desk, parsed.GetRequiredValue(by), filter.Read(parsed, desk.Now), parsed.GetValue(json),
                cancellation), cancellation));
        return command;
    }

    static Command Purge(IReadOnlyList<string> settings)
    {
        var (ids, group, tenant) = (AnyIds(), Group(), Tenant());
        var command = new Command("purge", HelpText.Flowing(PurgeText)) { ids, group, tenant };
        command.Validators.Add(given =>
        {
            if (given.GetResult(tenant) is null && given.GetResult(group) is null
                && given.GetValue(ids) is not { Length: > 0 })
                given.AddError("jobs purge needs to know which: give ids, --group or --tenant.");
            // A script's unset variable. Without tenants, all jobs belong to the tenant without a name.
            else if (given.GetValue(ids) is not { Length: > 0 }
                && (given.GetValue(group) ?? given.GetValue(tenant)) is { } name && string.IsNullOrWhiteSpace(name))
                given.AddError($"jobs purge: '{name}' is not the name of a group or a tenant. To delete the records "
                    + "of jobs without a tenant, give their ids.");
        });
        command.SetAction((parsed, cancellation) => JobsRun.With(settings, desk =>
            JobsRun.Purge(desk, parsed.GetValue(ids) ?? [], new(null, parsed.GetValue(tenant), parsed.GetValue(group)),
                cancellation), cancellation));
        return command;
    }

    static Argument<string> Id() => new("ID") { Description = "The job's id, as send prints it." };

    static Argument<string[]> Ids() =>
        new("ID") { Description = "The jobs' ids, as the verb send prints them.", Arity = ArgumentArity.OneOrMore };

    static Argument<string[]> AnyIds() =>
        new("ID") { Description = "The jobs' ids, as the verb send prints them.", Arity = ArgumentArity.ZeroOrMore };

    static Option<string?> Group() => new("--group") { HelpName = "ID", Description = "All jobs of this group." };

    static Option<bool> Json() => new("--json") { Description = "One JSON object per line." };

    static Option<string?> Tenant() => new("--tenant") { HelpName = "NAME", Description = "Only of this tenant." };
}
