using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.CommandLine;

/// <summary>
/// Settings on the command line have a colon in their name: <c>--Delivery:Concurrency=8</c>, or the value as the next
/// word. <c>--settings FILE</c> names a settings file.
/// </summary>
static class SettingArguments
{
    public static (IReadOnlyList<string> Settings, IReadOnlyList<string> Words) Split(IReadOnlyList<string> args)
    {
        List<string> settings = [], words = [];
        for (var i = 0; i < args.Count; i++)
        {
            if (!IsSetting(args[i]))
                words.Add(args[i]);
            else if (args[i].Contains('=', StringComparison.Ordinal))
                settings.Add(args[i]);
            else if (i + 1 < args.Count)
                settings.Add($"{args[i]}={args[++i]}");
            else
                throw new SettingsException([$"{args[i]} has no value. Give it as {args[i]}=VALUE."]);
        }
        return (settings, words);
    }

    static bool IsSetting(string word) =>
        word == SettingsFiles.Word || SettingsFiles.IsWord(word)
        || word.StartsWith("--", StringComparison.Ordinal)
        && word.AsSpan(0, word.IndexOf('=', StringComparison.Ordinal) is >= 0 and var end ? end : word.Length)
        .Contains(':');
}
