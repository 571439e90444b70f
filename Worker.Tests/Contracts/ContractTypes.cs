using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tests.Contracts;

/// <summary>The contracts in the words of the documents: records, members and JSON types.</summary>
static class ContractTypes
{
    public static readonly IReadOnlyList<Type> Records =
    [
        .. typeof(JobRequest).Assembly.GetExportedTypes()
            .Where(type => type.IsClass && !type.IsSubclassOf(typeof(JsonSerializerContext))
                && !type.IsSubclassOf(typeof(Attribute)) && !(type.IsAbstract && type.IsSealed))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>The types of messages: requests, results and events.</summary>
    public static readonly IReadOnlyList<Type> Messages =
    [
        .. typeof(ContractJson).GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    public static Type Named(string record) => Records.Single(type => type.Name == record);

    /// <summary>A record's own members, without those of its base.</summary>
    public static IEnumerable<PropertyInfo> Members(this Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    public static string OnTheWire(this PropertyInfo member) => JsonNamingPolicy.CamelCase.ConvertName(member.Name);

    /// <summary>The JSON type of a member, in words.</summary>
    public static string InJson(this Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var text when text == typeof(string) => "string",
        var duration when duration == typeof(TimeSpan) => "string, a duration",
        var time when time == typeof(DateTimeOffset) => "string, a time",
        var address when address == typeof(Uri) => "string, a URL",
        var truth when truth == typeof(bool) => "boolean",
        var whole when whole == typeof(int) || whole == typeof(long) => "integer",
        var number when number == typeof(double) || number == typeof(decimal) => "number",
        var any when any == typeof(JsonElement) => "any JSON",
        { IsEnum: true } names =>
            $"one of {string.Join(", ", Enum.GetNames(names).Select(JsonNamingPolicy.CamelCase.ConvertName))}",
        { IsGenericType: true } pairs when pairs.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) =>
            $"object of {pairs.GetGenericArguments()[1].InJson()}",
        { IsGenericType: true } items
            when items.IsAssignableTo(typeof(IEnumerable)) => $"array of {items.GetGenericArguments()[0].InJson()}",
        var record when Records.Contains(record) => record.Name,
        var other => throw new NotSupportedException($"{other} is in a contract, and no word for it is here."),
    };
}
