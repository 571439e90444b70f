using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OpenAIWorker.Delivery.DeadLetters;

namespace OpenAIWorker.Cli.Dead;

/// <summary>The options that say which dead letters are meant.</summary>
sealed class FilterOptions
{
    readonly Option<string?> operation = new("--operation") { Description = "Only of this operation, such as message-model." };
    readonly Option<string?> code = new("--code") { Description = "Only with this failure code, such as provider_error." };
    readonly Option<string?> model = new("--model") { Description = "Only for this model." };
    readonly Option<string?> job = new("--job") { Description = "Only this job." };
    readonly Option<TimeSpan?> olderThan = new("--older-than") { Description = "Only what failed longer ago: 90s, 15m, 2h, 3d.", CustomParser = Duration };
    readonly Option<TimeSpan?> newerThan = new("--newer-than") { Description = "Only what failed since: 90s, 15m, 2h, 3d.", CustomParser = Duration };

    public FilterOptions() => operation.AcceptOnlyFromAmong([.. DeadLetterBox.Operations]);

    IEnumerable<Option> All => [operation, code, model, job, olderThan, newerThan];

    public Command AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
        return command;
    }

    public bool IsUnset(CommandResult given) => All.All(option => given.GetResult(option) is null);

    public DeadLetterFilter Read(ParseResult parsed) => new(
        parsed.GetValue(operation), parsed.GetValue(code), parsed.GetValue(model), parsed.GetValue(job), parsed.GetValue(olderThan), parsed.GetValue(newerThan));

    static TimeSpan? Duration(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        double? seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => null };
        if (seconds is { } unit && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * unit < 1e9)
            return TimeSpan.FromSeconds(number * unit);
        given.AddError($"'{text}' is no duration. Write 90s, 15m, 2h or 3d.");
        return null;
    }
}
