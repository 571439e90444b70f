using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs;

/// <summary>
/// The rules of a contract's member, from its attributes. The worker's checks and the JSON Schemas both read them here.
/// </summary>
sealed record MemberRules(PropertyInfo Property)
{
    static readonly ConcurrentDictionary<Type, IReadOnlyList<MemberRules>> Known = [];
    static readonly ConcurrentDictionary<Type, IReadOnlyList<string>?> OnlyOnes = [];

    /// <summary>Reads its value. The generated code does so without reflection.</summary>
    public Func<object, object?> Read { get; } = ContractJson.Default.GetTypeInfo(Property.ReflectedType!)?.Properties
        .FirstOrDefault(known => known.Name.Equals(Property.Name, StringComparison.OrdinalIgnoreCase))?.Get
        ?? Property.GetValue;

    public string Name { get; } = JsonNamingPolicy.CamelCase.ConvertName(Property.Name);

    public RangeAttribute? Range { get; } = Property.GetCustomAttribute<RangeAttribute>();

    public StringLengthAttribute? Text { get; } = Property.GetCustomAttribute<StringLengthAttribute>();

    public LengthAttribute? Count { get; } = Property.GetCustomAttribute<LengthAttribute>();

    public RegularExpressionAttribute? Pattern { get; } = Property.GetCustomAttribute<RegularExpressionAttribute>();

    public EachAttribute? Each { get; } = Property.GetCustomAttribute<EachAttribute>();

    public NeededAttribute? Needed { get; } = Property.GetCustomAttribute<NeededAttribute>();

    /// <summary>The closed list of its texts.</summary>
    public IReadOnlyList<string>? Values { get; } =
        Property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.OfType<string>().ToArray();

    /// <summary>The closed list of an enumeration, in its wire form.</summary>
    public IReadOnlyList<string>? Names =>
        (Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType) is { IsEnum: true } names
        ? [.. Enum.GetNames(names).Select(JsonNamingPolicy.CamelCase.ConvertName)]
        : null;

    /// <summary>Whether C# requires it, which JSON does not know.</summary>
    public bool IsRequired { get; } = Property.IsDefined(typeof(RequiredMemberAttribute));

    /// <summary>Whether nothing can replace it.</summary>
    public bool IsNeeded => IsRequired || Needed is { Unless.Count: 0 };

    /// <summary>Whether its type allows to omit it.</summary>
    public bool IsNullable { get; } = new NullabilityInfoContext()
        .Create(Property).ReadState == NullabilityState.Nullable;

    /// <summary>The members of which a message has exactly one. Null: no such rule.</summary>
    public static IReadOnlyList<string>? OnlyOne(Type contract) => OnlyOnes.GetOrAdd(
        contract, static type =>
            type.GetCustomAttribute<ExactlyOneAttribute>() is { Members: { Count: > 1 } members } ? members : null);

    public static IReadOnlyList<MemberRules> Of(Type contract) => Known.GetOrAdd(
        contract, static type =>
            [.. type.GetProperties().Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => new MemberRules(property))]);

    /// <summary>Whether a type is one of the contracts' records.</summary>
    public static bool IsContract(Type type) => type.Assembly == typeof(JobRequest).Assembly && !type.IsEnum;
}
