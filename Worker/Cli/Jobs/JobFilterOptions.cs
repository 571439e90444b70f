using System.CommandLine;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Operations;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Cli.Jobs;

/// <summary>The options that select jobs.</summary>
sealed class JobFilterOptions
{
    readonly Option<string?> state = new("--state")
    {
        HelpName = "STATE",
        Description = "Only jobs in this state: waiting, running, completed or failed."
    };
    readonly Option<string?> operation = new("--operation")
    {
        HelpName = "NAME",
        Description = "Only of this operation, such as message-model."
    };
    readonly Option<string?> model = new("--model") { HelpName = "NAME", Description = "Only for this model." };
    readonly Option<string?> tenant = new("--tenant") { HelpName = "NAME", Description = "Only of this tenant." };
    readonly Option<string?> code = new("--code")
    {
        HelpName = "CODE",
        Description = "Only with this failure or wait code, such as rate_limited."
    };
    readonly Option<string?> group = new("--group") { HelpName = "ID", Description = "Only of this group." };
    readonly Option<TimeSpan?> since = TimeOption.Of("--since",
        "Only jobs received in the last 90s, 15m, 2h, 3d.");
    readonly Option<string?> text = new("--id")
    {
        HelpName = "TEXT",
        Description = "Only ids that contain this text. `list` without --since looks among the newest "
            + $"{RecordSearch.Searched} records."
    };

    public JobFilterOptions()
    {
        state.AcceptOnlyFromAmong([.. JobStates.All]);
        operation.AcceptOnlyFromAmong([.. OperationCatalog.All.Select(operation => operation.Name)]);
        HelpPage.Put("Which", All);
    }

    IEnumerable<Option> All => [state, operation, model, tenant, group, code, since, text];

    public Command AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
        return command;
    }

    public JobFilter Read(ParseResult parsed, DateTimeOffset now) => new()
    {
        State = parsed.GetValue(state),
        Operation = parsed.GetValue(operation),
        Model = parsed.GetValue(model),
        Tenant = parsed.GetValue(tenant),
        Code = parsed.GetValue(code),
        Group = parsed.GetValue(group),
        Since = now - parsed.GetValue(since),
        Text = parsed.GetValue(text),
    };
}
