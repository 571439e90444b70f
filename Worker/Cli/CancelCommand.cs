using System.CommandLine;
using OpenAIWorker.Contracts;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli;

/// <summary><c>cancel</c>: cancels jobs that wait or run.</summary>
static class CancelCommand
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        var jobs = new Argument<string[]>("ID")
        {
            Description = "The jobs' ids, as the verb send prints them.",
            Arity = ArgumentArity.ZeroOrMore
        };
        var group = new Option<string?>("--group") { HelpName = "ID", Description = "All jobs of this group." };
        var tenant = new Option<string?>("--tenant")
        {
            HelpName = "NAME",
            Description = "Only jobs of this tenant; without other options, all of them that were sent before now."
        };
        const string does =
            "Cancels jobs that wait or run, on the broker of Broker:Uri. Ended jobs do not change.";
        var command = new Command("cancel", does) { jobs, group, tenant };
        command.Validators.Add(given =>
        {
            if (given.GetResult(group) is null && given.GetResult(tenant) is null
                && given.GetValue(jobs) is not { Length: > 0 })
                given.AddError("cancel needs to know which jobs: give ids, --group or --tenant.");
        });
        command.SetAction((parsed, cancellation) => Run(settings,
            Of(parsed.GetValue(jobs) ?? [], parsed.GetValue(group), parsed.GetValue(tenant)), cancellation));
        return command;
    }

    static IEnumerable<CancelJob> Of(string[] jobs, string? group, string? tenant) => jobs.Length == 0
        ? [new() { Group = group, Tenant = tenant }]
        : jobs.Select(job => new CancelJob { JobId = job, Group = group, Tenant = tenant });

    static async Task<int> Run(IReadOnlyList<string> settings, IEnumerable<CancelJob> cancels,
        CancellationToken cancellation)
    {
        await using var sender = await NamedBroker.Cancels(settings, cancellation);
        foreach (var cancel in cancels)
        {
            await sender.Send(cancel, cancellation);
            Told.Out(PlainText.Line(Reached(await sender.Workers(cancellation), Words(cancel))));
        }
        return ExitCodes.Success;
    }

    // The cancellation stays on the broker, and each worker reads it when it starts.
    static string Reached(int? workers, string what) => workers switch
    {
        null => $"Workers were told to cancel {what}.",
        0 => $"No worker is running. The next one that starts cancels {what}.",
        1 => $"One worker was told to cancel {what}.",
        _ => $"{workers} workers were told to cancel {what}.",
    };

    static string Words(CancelJob cancel) => string.Join(' ', new[]
    {
        cancel.JobId ?? (cancel.Group is null ? "all jobs" : "the jobs"),
        cancel.Group is { } group ? $"of the group {group}" : null,
        cancel.Tenant is { } tenant ? $"of {tenant}" : null,
    }.Where(word => word is not null));
}
