using System.CommandLine;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Settings;

/// <summary><c>settings</c>: shows every setting, its default, its range and its meaning.</summary>
static class SettingsCommand
{
    public static Command Make()
    {
        var words = new Argument<string[]>("NAME")
        {
            HelpName = "NAME",
            Description = "Only settings whose names contain this, such as Limits or timeout.",
            Arity = ArgumentArity.ZeroOrMore
        };
        words.CompletionSources.Add([.. SettingsCatalog.Names]);
        var json = new Option<bool>("--json") { Description = "As JSON: name, default, allowed, secret, meaning." };
        var schema = new Option<bool>(
            "--schema")
        { Description = "A JSON Schema of appsettings.json, for editors that complete and check." };
        const string does =
            "Shows every setting: default, range, meaning. 'worker check' shows the values in force.";
        var command = new Command("settings", does) { words, json, schema };
        command.SetAction(parsed => Run(parsed.GetValue(words) ?? [], parsed.GetValue(json), parsed.GetValue(schema)));
        return command;
    }

    static int Run(string[] words, bool json, bool schema)
    {
        if (schema)
        {
            Console.Out.Write(SettingsSchema.Text());
            return ExitCodes.Success;
        }
        var known = SettingsCatalog.All.Where(setting => words.Length == 0
            || words.Any(word => setting.Path.Contains(word, StringComparison.OrdinalIgnoreCase))).ToList();
        if (known.Count == 0)
            throw new SettingsException(
                [
                    $"No setting has {string.Join(" or ", words)} in its name. There are the sections "
                        + $"{string.Join(", ", SettingsCatalog.Names)}."]);
        Console.Out.Write(json ? SettingsList.Json(known) : SettingsList.Text(known, HelpText.Width));
        return ExitCodes.Success;
    }
}
