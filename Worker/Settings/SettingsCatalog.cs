using System.Reflection;
using OpenAIWorker.Assistants;
using OpenAIWorker.Costs;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Health;
using OpenAIWorker.Limits;
using OpenAIWorker.Payloads;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tools;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Settings;

/// <summary>Every setting there is, read off the options types.</summary>
static class SettingsCatalog
{
    static readonly IReadOnlyList<object> Sections =
        [new OpenAIOptions(), new BrokerOptions(), new DeliveryOptions(), new EventsOptions(), new LimitsOptions(), new CostsOptions(), new PayloadsOptions(), new AssistantsOptions(), new ToolsOptions(), new TelemetryOptions(), new HealthOptions()];

    public static readonly IReadOnlyList<string> Names = [.. Sections.Select(section => SettingNames.Section(section.GetType()))];

    public static readonly IReadOnlyList<Setting> All = [.. Sections.SelectMany(section => Of(section, SettingNames.Section(section.GetType())))];

    static IEnumerable<Setting> Of(object section, string path) =>
        from property in section.GetType().GetProperties()
        where property.SetMethod is not null
        from setting in Of(section, property, $"{path}:{property.Name}")
        select setting;

    static IEnumerable<Setting> Of(object section, PropertyInfo property, string path) => property.PropertyType switch
    {
        { IsGenericType: true } named when named.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) =>
            named.GetGenericArguments()[1] is var value && value == typeof(string) ? [new($"{path}:*", property, null)] : Of(Activator.CreateInstance(value)!, $"{path}:*"),
        var type when SettingNames.IsSection(type) => Of(property.GetValue(section)!, path),
        _ => [new(path, property, property.GetValue(section))],
    };
}
