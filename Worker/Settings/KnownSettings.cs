using System.Reflection;

namespace OpenAIWorker.Settings;

/// <summary>All settings of some sections, read from the options types.</summary>
/// <param name="sections">The options of each section, with their defaults.</param>
sealed class KnownSettings(params IReadOnlyList<object> sections)
{
    public IReadOnlyList<string> Names { get; } =
        [.. sections.Select(section => SettingNames.Section(section.GetType()))];

    public IReadOnlyList<Setting> All { get; } =
        [.. sections.SelectMany(section => Of(section, SettingNames.Section(section.GetType())))];

    static IEnumerable<Setting> Of(object section, string path) =>
        from property in section.GetType().GetProperties()
        where property.SetMethod is not null
        from setting in Of(section, property, $"{path}:{property.Name}")
        select setting;

    static IEnumerable<Setting> Of(object section, PropertyInfo property, string path) => property.PropertyType switch
    {
        { IsGenericType: true } named when named.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) =>
            named.GetGenericArguments()[1] is var value && value == typeof(string)
                ? [new($"{path}:*", property, null)]
                : Of(Activator.CreateInstance(value)!, $"{path}:*"),
        var type when SettingNames.IsSection(type) => Of(property.GetValue(section)!, path),
        _ => [new(path, property, property.GetValue(section))],
    };
}
