using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;
using System.Text;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.CommandLine;

/// <summary>
/// A verb's help: what it does, its arguments and options by groups, and one sentence for each of its subcommands.
/// </summary>
sealed class HelpPage(int width) : SynchronousCommandLineAction
{
    const int WidestLabel = 30;
    const string OtherOptions = "Options";
    const string SettingsGroup = "Settings";

    // Groups appear in the order of their first options.
    static readonly ConditionalWeakTable<Option, string> Groups = [];

    /// <summary>Help is shown even if the rest of the line is wrong.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.Write(Of(parseResult.CommandResult.Command));
        return ExitCodes.Success;
    }

    /// <summary>Puts an option under a heading.</summary>
    public static void Put(string group, params IEnumerable<Option> options)
    {
        foreach (var option in options)
            Groups.AddOrUpdate(option, group);
    }

    public string Of(Command command)
    {
        var page = new StringBuilder();
        page.Append(Told.Wrapped((command.Description ?? "").ReplaceLineEndings("\n").TrimEnd(), width)).Append("\n\n");
        page.Append(Told.Wrapped($"Usage: {Usage(command)}", width)).Append('\n');
        Table(page, "Arguments", command.Arguments.Where(argument => !argument.Hidden)
            .Select(argument => (Label(argument), argument.Description)));
        var options = command.Options.Concat(Inherited(command)).Where(option => !option.Hidden).Distinct();
        foreach (var group in options.GroupBy(GroupOf).OrderBy(group => group.Key == SettingsGroup))
            Table(page, group.Key, group.Select(option => (Label(option), Description(option))));
        Table(page, "Commands", command.Subcommands.Where(verb => !verb.Hidden)
            .Select(verb => (Label(verb), (string?)FirstSentence(verb.Description))));
        if (command.Subcommands.Any(verb => !verb.Hidden))
            page.Append(Told.Wrapped($"\n'{Path(command)} VERB --help' says more about each.\n", width));
        return page.ToString();
    }

    static IEnumerable<Option> Inherited(Command command) =>
        Above(command).SelectMany(parent => parent.Options).Where(option => option.Recursive);

    static IEnumerable<Command> Above(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => Above(parent).Prepend(parent));

    static string Path(Command command) =>
        string.Join(' ', Above(command).Reverse().Append(command)
            .Select(verb => verb is RootCommand ? "worker" : verb.Name));

    static string Usage(Command command) => string.Join(' ', new[] { Path(command) }
        .Concat(command.Arguments.Where(argument => !argument.Hidden)
            .Select(argument => argument.Arity.MinimumNumberOfValues > 0 ? Label(argument) : $"[{Label(argument)}]"))
        .Append(command.Subcommands.Any(verb => !verb.Hidden) ? command is RootCommand ? "[VERB]" : "VERB" : null)
        .Append("[options]").OfType<string>());

    static string GroupOf(Option option) => option.Name == SettingsFiles.Word
        ? SettingsGroup
        : Groups.TryGetValue(option, out var group)
        ? group
        : OtherOptions;

    static string? Description(Option option) => option switch
    {
        HelpOption => "Shows this.",
        VersionOption => "Shows the version.",
        { Name: SettingsFiles.Word } =>
            $"{option.Description} Each setting can also be given as --Section:Name=value; 'worker settings' shows "
                + "them all.",
        { Required: true } => $"{option.Description} Required.",
        { HasDefaultValue: true }
            when option.GetDefaultValue() is { } given and not false => $"{option.Description} Default: {given}.",
        _ => option.Description,
    };

    static string Label(Argument argument) =>
        (argument.HelpName ?? argument.Name) + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");

    static string Label(Option option)
    {
        var names = string.Join(", ",
            option.Aliases.Append(option.Name).Where(name => name is not "-?" and not "/?" and not "/h")
                .OrderBy(name => name.Length));
        return option.ValueType == typeof(bool) || option is HelpOption or VersionOption
            ? names
            : $"{names} {option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant()}";
    }

    static string Label(Command verb) =>
        string.Join(' ', verb.Arguments.Where(argument => !argument.Hidden).Select(Label).Prepend(verb.Name));

    static string FirstSentence(string? description)
    {
        var text = (description ?? "").ReplaceLineEndings("\n").Split('\n')[0];
        return text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;
    }

    void Table(StringBuilder page, string heading, IEnumerable<(string Label, string? Says)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        var column = 2 + Math.Min(WidestLabel, all.Max(row => row.Label.Length)) + 2;
        page.Append('\n').Append(heading).Append(":\n");
        foreach (var (label, says) in all)
        {
            var lines = Told.Lines(says ?? "", width - column).ToList();
            var fits = 2 + label.Length + 2 <= column;
            page.Append("  ").Append(fits ? label.PadRight(column - 2) + lines[0] : label).Append('\n');
            foreach (var line in fits ? lines.Skip(1) : lines)
                page.Append(' ', column).Append(line).Append('\n');
        }
    }
}
