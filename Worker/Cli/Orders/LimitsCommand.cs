using System.CommandLine;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Delivery.Orders;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Orders;

/// <summary><c>limits</c>: the limits that operators set for the workers of a running installation.</summary>
static class LimitsCommand
{
    const string SetText = """
        Sets requests or tokens per minute for all workers together. It overrides the settings of the workers; if the provider states a lower limit, that one
        applies. It survives restarts of workers, and applies until 'worker limits unset', or for the time of --for.
        """;

    public static Command Make(IReadOnlyList<string> settings) =>
        new("limits", "Limits and pauses that operators set for running workers: list, set, unset.")
    {
        List(settings),
        Set(settings),
        Unset(settings),
    };

    static Command Set(IReadOnlyList<string> settings)
    {
        var (name, credential) = (Name(), Credential());
        var (requests, tokens) = (Rate("--requests", "Requests per minute."), Rate("--tokens", "Tokens per minute."));
        var time = TimeOption.Of("--for", "The duration, such as 30m or 2h. Without it: until 'worker limits unset'.");
        var command = new Command("set", HelpText.Flowing(SetText)) { name, requests, tokens, credential, time };
        command.Validators.Add(given =>
        {
            if (given.GetResult(requests) is null && given.GetResult(tokens) is null)
                given.AddError("Give --requests, --tokens or both, such as --requests 60.");
        });
        command.SetAction((parsed, cancellation) =>
        {
            OrderRun.Doubt(settings, parsed.GetValue(credential));
            return OrderRun.Send(settings, now => new()
            {
                Kind = OrderKind.Limit,
                Group = parsed.GetRequiredValue(name),
                Credential = parsed.GetValue(credential),
                RequestsPerMinute = parsed.GetValue(requests),
                TokensPerMinute = parsed.GetValue(tokens),
                Until = now + parsed.GetValue(time),
                At = now,
            }, order => $"{OrderTable.Limit(order)} {PauseCommand.Until(order, $"'{OrderTable.Undo(order)}'")}.",
                cancellation);
        });
        return command;
    }

    static Command Unset(IReadOnlyList<string> settings)
    {
        var (name, credential) = (Name(), Credential());
        var command = new Command("unset",
            "Removes a limit of 'worker limits set': the settings and the provider decide again.") { name, credential };
        command.SetAction((parsed, cancellation) => OrderRun.Send(settings, now => new()
        {
            Kind = OrderKind.Limit,
            Group = parsed.GetRequiredValue(name),
            Credential = parsed.GetValue(credential),
            IsUndone = true,
            At = now,
        }, order => $"{order.Group} no longer has an operator's limit.", cancellation));
        return command;
    }

    static Command List(IReadOnlyList<string> settings)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object per line." };
        var command = new Command("list",
            "Shows the limits and pauses in force, until when, and how to remove them.") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var orders = await OrderRun.InForce(settings, cancellation);
            Console.Out.Write(parsed.GetValue(json) ? OrderTable.Json(orders) : PlainText.Of(OrderTable.Text(orders)));
            return ExitCodes.Success;
        });
        return command;
    }

    static Argument<string> Name() =>
        new(
            "NAME")
        {
            Description =
                "A group of Limits:Groups in the workers' settings, or a model, such as gpt-6-luna."
        };

    static Option<string?> Credential() =>
        new("--credential") { Description = "Only for this credential. Without it: for each.", HelpName = "NAME" };

    static Option<long?> Rate(string name, string description)
    {
        var option = new Option<long?>(name) { Description = description, HelpName = "NUMBER" };
        option.Within(1, 1_000_000_000_000, " To stop all calls: worker pause CREDENTIAL.");
        return option;
    }
}
