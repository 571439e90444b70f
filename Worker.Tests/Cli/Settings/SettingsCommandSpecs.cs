using System.Text.Json;
using Json.Schema;
using OpenAIWorker.Cli.Settings;
using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Settings;

public sealed class SettingsCommandSpecs
{
    const string SchemaFile = "ops/appsettings.schema.json";

    [Fact]
    public void Every_setting_has_a_meaning() =>
        Assert.All(SettingsCatalog.All, setting => Assert.NotEqual("", SettingMeanings.Of(setting)));

    [Fact]
    public void List_fits_the_terminal_and_names_everything()
    {
        var text = SettingsList.Text(SettingsCatalog.All, 80);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80 || !line.Trim().Contains(' '), line));
        Assert.Contains("Delivery:Concurrency\n    1 to 2000; default: 32\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void List_for_programs_has_name_default_range_and_meaning()
    {
        var concurrency = Assert.Single(JsonElement.Parse(SettingsList.Json(SettingsCatalog.All)).EnumerateArray(),
            setting => setting.GetProperty("name").GetString() == "Delivery:Concurrency");

        Assert.Equal(("32", "1 to 2000", false),
            (concurrency.GetProperty("default").GetString(), concurrency.GetProperty("allowed").GetString(),
                concurrency.GetProperty("secret").GetBoolean()));
    }

    [Fact]
    public void Schema_is_as_it_is_checked_in() => Assert.True(
        File.Exists(Repository.PathOf(SchemaFile)) && Repository.Read(SchemaFile) == SettingsSchema.Text(),
        $"{SchemaFile} differs from the settings. Write it anew and look at the difference: dotnet run --project "
            + $"Worker -- settings --schema > {SchemaFile}");

    [Theory]
    [
        InlineData(
            """{"Delivery": {"Concurrency": 8}, "OpenAI": {"Credentials": {"azure": {"ApiKey": "k"}}}, "Logging": """
                + """{"LogLevel": {"Default": "Debug"}}}""", true)]
    [InlineData("""{"Delivery": {"Concurency": 8}}""", false)]
    [InlineData("""{"Delivery": {"Concurrency": 0}}""", false)]
    [InlineData("""{"OpenAI": {"Timeout": "ten minutes"}}""", false)]
    [InlineData("""{"Assistants": {"Store": "Oracle"}}""", false)]
    public void Schema_tells_a_good_file_from_a_bad_one(string file, bool isGood) =>
        Assert.Equal(isGood, JsonSchema.FromText(SettingsSchema.Text()).Evaluate(JsonElement.Parse(file)).IsValid);
}
