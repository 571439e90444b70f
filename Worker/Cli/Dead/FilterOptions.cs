using System.CommandLine;
using System.CommandLine.Parsing;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Delivery.DeadLetters;

namespace OpenAIWorker.Cli.Dead;

/// <summary>The options that select dead letters.</summary>
sealed class FilterOptions
{
    readonly Option<string?> operation = new("--operation")
    {
        HelpName = "NAME",
        Description = "Only of this operation, such as message-model."
    };
    readonly Option<string?> code = new("--code")
    {
        HelpName = "CODE",
        Description = "Only with this failure code, such as provider_error."
    };
    readonly Option<string?> model = new("--model") { HelpName = "NAME", Description = "Only for this model." };
    readonly Option<string?> job = new("--job") { HelpName = "ID", Description = "Only this job." };
    readonly Option<string?> tenant = new("--tenant")
    {
        HelpName = "NAME",
        Description = "Only of this tenant (Limits:Tenant)."
    };
    readonly Option<TimeSpan?> olderThan = TimeOption.Of("--older-than",
        "Only jobs that failed longer ago: 90s, 15m, 2h, 3d.");
    readonly Option<TimeSpan?> newerThan = TimeOption.Of("--newer-than",
        "Only jobs that failed within this time: 90s, 15m, 2h, 3d.");

    public FilterOptions()
    {
        operation.AcceptOnlyFromAmong([.. DeadLetterQueues.Operations]);
        // An empty name would mean all jobs where there are no tenants.
        EmptyValues.Refuse(tenant);
        HelpPage.Put("Which", All);
    }

    IEnumerable<Option> All => [operation, code, model, job, tenant, olderThan, newerThan];

    public Command AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
        return command;
    }

    public bool IsUnset(CommandResult given) => All.All(option => given.GetResult(option) is null);

    public DeadLetterFilter Read(ParseResult parsed) => new(
        parsed.GetValue(operation), parsed.GetValue(code), parsed.GetValue(model), parsed.GetValue(job),
        parsed.GetValue(olderThan), parsed.GetValue(newerThan))
    {
        Tenant = parsed.GetValue(tenant)
    };
}
