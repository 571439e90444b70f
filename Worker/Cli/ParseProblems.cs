using System.CommandLine;
using System.CommandLine.Help;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary>What is wrong with a command line, each with the word that was meant where one is near.</summary>
static class ParseProblems
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var strangers = parsed.UnmatchedTokens;
        // A word that is none leaves its verb, or its value, missing as well: that is said once.
        foreach (var problem in strangers.Count > 0 ? strangers.Select(word => Stranger(word, command)) : parsed.Errors.Select(error => error.Message))
            yield return problem;
        yield return $"See {string.Join(' ', PathOf(parsed).Append("--help"))}.";
    }

    static string Stranger(string word, Command command)
    {
        var isOption = word.StartsWith('-');
        var names = isOption ? OptionsOf(command) : command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name);
        if (!isOption && command.Subcommands.Count == 0)
            return $"'{word}' is one argument too many. Several words are one argument between quotes.";
        return $"'{word}' is no {(isOption ? "option" : "verb")} here.{Spelling.Proposal(word.Split('=')[0], names)}";
    }

    static IEnumerable<string> OptionsOf(Command command) => command.Options.Where(option => !option.Hidden).Select(option => option.Name)
        .Concat([SettingsFiles.Word, new HelpOption().Name]);

    static Stack<string> PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = parsed.CommandResult; at is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } verb; at = verb.Parent)
            names.Push(verb.Command.Name);
        names.Push("worker");
        return names;
    }
}
