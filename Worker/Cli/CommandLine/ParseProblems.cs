using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.CommandLine;

/// <summary>Explains what is wrong with a command line, with the word that was probably meant.</summary>
static class ParseProblems
{
    // Beyond this many, refer to the help.
    const int Listed = 8;

    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var strangers = Strangers(parsed.UnmatchedTokens, command).ToList();
        // An unknown word also leaves its verb, or its value, missing: that is reported only once.
        foreach (var problem in strangers.Count > 0
            ? strangers
            : command is { Action: null, Subcommands.Count: > 0 } ? [$"{Verb(command)} is missing.{There(command)}"]
            : [.. parsed.Errors.Select(error => ValueProblems.Of(error, command)).Distinct()])
            yield return problem;
        yield return $"See {string.Join(' ', PathOf(parsed).Append("--help"))}.";
    }

    // Words after an unknown verb are for that verb, and a word after an unknown option is its value.
    static IEnumerable<string> Strangers(IReadOnlyList<string> words, Command command)
    {
        if (words.Count > 0 && !words[0].StartsWith('-') && command.Subcommands.Count > 0)
            return [Stranger(words[0], command)];
        return words.Where((word, place) => word.StartsWith('-') || place == 0 || !words[place - 1].StartsWith('-'))
            .Select(word => Stranger(word, command));
    }

    static string Stranger(string word, Command command)
    {
        var isOption = word.StartsWith('-');
        var names = isOption
            ? OptionsOf(command)
            : command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name);
        if (!isOption && command.Subcommands.Count == 0)
            return $"'{word}' is one argument too many. Several words are one argument between quotes.";
        if (!isOption && command is RootCommand && File.Exists(word))
            return $"'{word}' is a file, not a verb. To run its jobs: worker batch {word} -o results.jsonl.";
        var proposal = Spelling.Proposal(word.Split('=')[0], names);
        return isOption
            ? $"'{word}' is not an option here.{proposal}"
            : $"'{word}' is not {(command.Name == "send" ? "an operation" : "a verb")} here."
                + (proposal.Length > 0 ? proposal : There(command));
    }

    static string Verb(Command command) => command.Name == "send" ? "OPERATION" : "VERB";

    static string There(Command command)
    {
        var verbs = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).ToList();
        return command is RootCommand ? ""
            : verbs.Count <= Listed ? $" There are {string.Join(", ", verbs)}."
            : $" It may be {verbs[0]}, {verbs[1]} and others.";
    }

    static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Where(option => !option.Hidden).Select(option => option.Name)
        .Concat([SettingsFiles.Word, new HelpOption().Name]);

    static Stack<string> PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (
            SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } verb; at =
                verb.Parent)
            names.Push(verb.Command.Name);
        names.Push("worker");
        return names;
    }
}
