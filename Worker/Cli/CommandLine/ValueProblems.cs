using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.CommandLine;

/// <summary>Explains what is wrong with a value on the command line, by the name of its option or argument.</summary>
static partial class ValueProblems
{
    public static string Of(ParseError error, Command command) => error switch
    {
        { SymbolResult: CommandResult } when Missing(error, command) is { } missing => missing,
        { SymbolResult: ArgumentResult { Parent: OptionResult option } } =>
            Of(error.Message, option.Option.Name, option.Option.ValueType, option.Tokens),
        { SymbolResult: OptionResult option } =>
            Of(error.Message, option.Option.Name, option.Option.ValueType, option.Tokens),
        { SymbolResult: ArgumentResult argument } => argument.Tokens.Count == 0
            ? Missing(argument.Argument)
            : Of(error.Message, argument.Argument.Name, argument.Argument.ValueType, argument.Tokens),
        _ => error.Message,
    };

    static string? Missing(ParseError error, Command command) =>
        error.Message.StartsWith("Required argument missing", StringComparison.Ordinal)
            && command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0) is { } missing
            ? Missing(missing)
            : null;

    static string Missing(Argument argument) => $"{argument.Name} is missing. {argument.Description}";

    static string Of(string message, string name, Type type, IReadOnlyList<Token> tokens)
    {
        var given = tokens.Count > 0 ? tokens[^1].Value : "";
        if (message.StartsWith("Required argument missing", StringComparison.Ordinal))
            return $"{name} has no value. Give it as {name} VALUE.";
        if (message.StartsWith("Cannot parse argument", StringComparison.Ordinal))
            return $"{name} is '{given}'; allowed: {Kind(type)}.";
        if (message.Contains("Must be one of", StringComparison.Ordinal)
            && Quoted().Matches(message).Select(match => match.Groups[1].Value).ToList() is [var wrong, .. var allowed])
            return $"{name} is '{wrong}'; allowed: {string.Join(", ", allowed)}.{Spelling.Proposal(wrong, allowed)}";
        return message;
    }

    static string Kind(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var whole when whole == typeof(int) || whole == typeof(long) => "whole numbers",
        var number when number == typeof(double) || number == typeof(decimal) =>
            "numbers, with a point before their fraction",
        var truth when truth == typeof(bool) => "true and false",
        _ => "other values: see the help",
    };

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
