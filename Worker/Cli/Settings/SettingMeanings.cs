using System.Text.RegularExpressions;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Settings;

/// <summary>The meanings of settings, from the tables of ops/settings.md, which is embedded in the program.</summary>
static partial class SettingMeanings
{
    const string Resource = "settings.md";

    static readonly Lazy<Dictionary<string, string>> Rows = new(Read);

    /// <summary>The meaning in plain text.</summary>
    public static string Of(Setting setting) => Rows.Value.GetValueOrDefault(KeyOf(setting.Path), "");

    static Dictionary<string, string> Read()
    {
        using var reader = new StreamReader(typeof(SettingMeanings).Assembly.GetManifestResourceStream(Resource)!);
        var rows = from line in reader.ReadToEnd().Split('\n')
                   where line.StartsWith("| `", StringComparison.Ordinal)
                   let cells = line.Replace("`", "", StringComparison.Ordinal).Trim('|', ' ')
                       .Split('|', StringSplitOptions.TrimEntries)
                   where cells.Length == 4
                   select (Path: KeyOf(cells[0]), Meaning: Links().Replace(cells[3], "$1"));
        return rows.DistinctBy(row => row.Path).ToDictionary(row => row.Path, row => row.Meaning);
    }

    // The document has a word in capitals where the catalogue has a star.
    static string KeyOf(string path) => Names().Replace(path, "*");

    [GeneratedRegex("(?<=:)NAME(?=:|$)")]
    private static partial Regex Names();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Links();
}
