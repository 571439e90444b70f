using OpenAIWorker.Delivery;
using OpenAIWorker.Limits;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Settings;

/// <summary>Every setting there is, read off the options types.</summary>
static class SettingsCatalog
{
    static readonly IReadOnlyList<object> Sections = [new OpenAIOptions(), new BrokerOptions(), new DeliveryOptions(), new LimitsOptions()];

    public static readonly IReadOnlyList<string> Names = [.. Sections.Select(section => SettingNames.Section(section.GetType()))];

    public static readonly IReadOnlyList<Setting> All = [.. Sections.SelectMany(section => Of(section, SettingNames.Section(section.GetType())))];

    static IEnumerable<Setting> Of(object section, string path) =>
        from property in section.GetType().GetProperties()
        where property.SetMethod is not null
        from setting in property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            ? Of(Activator.CreateInstance(property.PropertyType.GetGenericArguments()[1])!, $"{path}:{property.Name}:*")
            : [new Setting($"{path}:{property.Name}", property, property.GetValue(section))]
        select setting;
}
