using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Settings;

/// <summary>
/// A JSON Schema of the settings file, made from the catalogue, so that editors complete names and mark errors.
/// </summary>
static class SettingsSchema
{
    public static string Text() => SettingsList.Written(Make());

    static JsonObject Make()
    {
        var root = Section();
        foreach (var setting in SettingsCatalog.All)
            Add(root, setting);
        root["properties"]!["Logging"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Log levels and formats, as .NET knows them."
        };
        // Other programs may have sections in the same file.
        root["additionalProperties"] = true;
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "Settings of OpenAI Worker");
        return root;
    }

    static JsonObject Section() =>
        new() { ["type"] = "object", ["properties"] = new JsonObject(), ["additionalProperties"] = false };

    static void Add(JsonObject root, Setting setting)
    {
        var (at, steps) = (root, setting.Path.Split(':'));
        foreach (var step in steps[..^1])
            at = Child(at, step, Section);
        Child(at, steps[^1], () => Value(setting));
    }

    // A name that the operator chooses becomes additionalProperties.
    static JsonObject Child(JsonObject parent, string step, Func<JsonObject> make)
    {
        if (step == "*")
        {
            if (parent["additionalProperties"] is not JsonObject any)
                parent["additionalProperties"] = any = make();
            return any;
        }
        var members = (JsonObject)parent["properties"]!;
        if (members[step] is not JsonObject member)
            members[step] = member = make();
        return member;
    }

    static JsonObject Value(Setting setting)
    {
        var value = new JsonObject { ["description"] = SettingMeanings.Of(setting) };
        foreach (var (name, says) in TypeOf(setting))
            value[name] = says!.DeepClone();
        if (setting.Default is { } given && !setting.IsSecret)
            value["default"] = given is bool or int or long or double or decimal
                ? JsonSerializer.SerializeToNode(given)
                : SettingsList.Default(setting);
        return value;
    }

    static JsonObject TypeOf(Setting setting) => setting.ValueType switch
    {
        var truth when truth == typeof(bool) => new() { ["type"] = "boolean" },
        { IsEnum: true } names =>
            new() { ["enum"] = new JsonArray([.. Enum.GetNames(names).Select(name => (JsonNode)name)]) },
        var whole when whole == typeof(int) || whole == typeof(long) => Ranged("integer", setting),
        var number when number == typeof(double) || number == typeof(decimal) => Ranged("number", setting),
        var time when time == typeof(TimeSpan) =>
            new() { ["type"] = "string", ["pattern"] = @"^(\d+\.)?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$" },
        var address when address == typeof(Uri) => new() { ["type"] = "string", ["format"] = "uri" },
        _ => new() { ["type"] = "string" },
    };

    static JsonObject Ranged(string type, Setting setting)
    {
        var value = new JsonObject { ["type"] = type };
        if (setting.Bounds is { } bounds)
            (value["minimum"], value["maximum"]) = (bounds.Least, bounds.Most);
        return value;
    }
}
