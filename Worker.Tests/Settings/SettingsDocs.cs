using System.Globalization;
using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Contracts;

namespace OpenAIWorker.Tests.Settings;

public sealed class SettingsDocs
{
    static readonly IReadOnlyList<IReadOnlyList<string>> Rows =
        [.. MarkdownTable.In("ops/settings.md").SelectMany(table => table.Rows)];

    [Fact]
    public void Every_setting_is_in_the_document_and_no_other() => Assert.Equal(
        SettingsCatalog.All.Select(setting => setting.Path.Replace('*', 'N')),
        Rows.Select(row => row[0].Replace("NAME", "N", StringComparison.Ordinal)));

    [Fact]
    public void Every_setting_has_the_range_that_the_document_says() =>
        Assert.All(SettingsCatalog.All.Zip(Rows),
            pair => Assert.Contains(pair.First.Allowed, pair.Second[1], StringComparison.Ordinal));

    [Fact]
    public void Every_setting_has_the_default_that_the_document_says() =>
        Assert.All(SettingsCatalog.All.Zip(Rows), pair => Assert.Equal(Default(pair.First), pair.Second[2]));

    [Fact]
    public void Every_secret_is_called_one() =>
        Assert.All(SettingsCatalog.All.Zip(Rows),
            pair => Assert.Equal(pair.First.IsSecret, pair.Second[1].Contains("secret", StringComparison.Ordinal)));

    static string Default(Setting setting) => setting.Default switch
    {
        null => "none",
        bool truth => truth ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
