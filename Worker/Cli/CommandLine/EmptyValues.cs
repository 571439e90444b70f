using System.CommandLine;
using System.CommandLine.Parsing;

namespace OpenAIWorker.Cli.CommandLine;

/// <summary>
/// Refuses an empty id, name or file on the command line: it comes from a variable that was not set, and would select
/// something else, or everything.
/// </summary>
static class EmptyValues
{
    // No tenant is a tenant too, and these texts may be empty.
    static readonly string[] Allowed = ["--tenant", "--prompt", "--instructions"];

    /// <param name="verb">The verb, and those below it.</param>
    /// <param name="but">A verb whose values are free texts.</param>
    public static void Refuse(Command verb, string but)
    {
        foreach (var argument in verb.Arguments.Where(argument => IsText(argument.ValueType)))
            argument.Validators.Add(given =>
            {
                if (HasEmpty(given.Tokens))
                    given.AddError($"{argument.Name} is empty. {argument.Description}");
            });
        foreach (var option in verb.Options.Where(
            option => IsText(option.ValueType) && !Allowed.Contains(option.Name)))
            Refuse(option);
        foreach (var below in verb.Subcommands.Where(below => below.Name != but))
            Refuse(below, but);
    }

    public static void Refuse(Option option) => option.Validators.Add(given =>
    {
        if (HasEmpty(given.Tokens))
            given.AddError($"{option.Name} is empty. Give a value, or leave it out.");
    });

    static bool IsText(Type type) => type == typeof(string) || type == typeof(string[]);

    static bool HasEmpty(IReadOnlyList<Token> tokens) => tokens.Any(token => string.IsNullOrWhiteSpace(token.Value));
}
