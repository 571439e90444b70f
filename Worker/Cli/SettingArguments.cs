namespace OpenAIWorker.Cli;

/// <summary>Settings on the command line have a colon in their name: <c>--Delivery:Concurrency=8</c>, or the value as the next word.</summary>
static class SettingArguments
{
    public static (IReadOnlyList<string> Settings, IReadOnlyList<string> Words) Split(IReadOnlyList<string> args)
    {
        List<string> settings = [], words = [];
        for (var i = 0; i < args.Count; i++)
        {
            if (!IsSetting(args[i]))
                words.Add(args[i]);
            else if (args[i].Contains('=', StringComparison.Ordinal) || i + 1 == args.Count)
                settings.Add(args[i]);
            else
                settings.Add($"{args[i]}={args[++i]}");
        }
        return (settings, words);
    }

    static bool IsSetting(string word) =>
        word.StartsWith("--", StringComparison.Ordinal) && word.AsSpan(0, word.IndexOf('=', StringComparison.Ordinal) is >= 0 and var end ? end : word.Length).Contains(':');
}
