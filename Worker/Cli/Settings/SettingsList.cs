using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Settings;

/// <summary>Tables of settings, for a person and for a program.</summary>
static class SettingsList
{
    const string Indent = "    ";

    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static string Text(IEnumerable<Setting> settings, int width)
    {
        var text = new StringBuilder();
        foreach (var setting in settings)
        {
            text.Append(NameOf(setting)).Append('\n');
            foreach (
                var part in new[] { $"{setting.Allowed}{(setting.IsSecret ? ", secret" : "")}; default: "
                    + $"{Default(setting) ?? "none"}", SettingMeanings.Of(setting) })
                foreach (var line in Told.Lines(part, width - Indent.Length))
                    text.Append(Indent).Append(line).Append('\n');
            text.Append('\n');
        }
        return text.ToString();
    }

    public static string Json(IEnumerable<Setting> settings) =>
        Written(new JsonArray([.. settings.Select(setting => (JsonNode)new JsonObject
    {
        ["name"] = NameOf(setting),
        ["default"] = Default(setting),
        ["allowed"] = setting.Allowed,
        ["secret"] = setting.IsSecret,
        ["meaning"] = SettingMeanings.Of(setting),
    })]));

    public static string Written(JsonNode json) => $"{json.ToJsonString(Readable)}\n";

    public static string? Default(Setting setting) => setting.Default switch
    {
        null => null,
        bool truth => truth ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    static string NameOf(Setting setting) => setting.Path.Replace("*", "NAME", StringComparison.Ordinal);
}
