using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs;

/// <summary>
/// What a member of a contract may be, as its attributes say: the worker's check and the JSON Schemas both read them
/// here.
/// </summary>
sealed record MemberRules(PropertyInfo Property)
{
    static readonly ConcurrentDictionary<Type, IReadOnlyList<MemberRules>> Known = [];
    static readonly ConcurrentDictionary<Type, IReadOnlyList<string>?> OnlyOnes = [];

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

    /// <summary>The closed list of an enumeration, as it is written.</summary>
    public IReadOnlyList<string>? Names =>
        (Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType) is { IsEnum: true } names
        ? [.. Enum.GetNames(names).Select(JsonNamingPolicy.CamelCase.ConvertName)]
        : null;

    /// <summary>Whether C# asks for it, which JSON knows nothing of.</summary>
    public bool IsRequired { get; } = Property.IsDefined(typeof(RequiredMemberAttribute));

    /// <summary>Whether there is nothing that does in its place.</summary>
    public bool IsNeeded => IsRequired || Needed is { Unless.Count: 0 };

    /// <summary>Whether it may be left out, by its type.</summary>
    public bool IsNullable { get; } = new NullabilityInfoContext()
        .Create(Property).ReadState == NullabilityState.Nullable;

    /// <summary>The members of which a message has exactly one. Null: it is free.</summary>
    public static IReadOnlyList<string>? OnlyOne(Type contract) => OnlyOnes.GetOrAdd(
        contract, static type =>
            type.GetCustomAttribute<ExactlyOneAttribute>() is { Members: { Count: > 1 } members } ? members : null);

    public static IReadOnlyList<MemberRules> Of(Type contract) => Known.GetOrAdd(
        contract, static type =>
            [.. type.GetProperties().Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => new MemberRules(property))]);

    /// <summary>Whether a type is one of the contracts' own, with members of its own.</summary>
    public static bool IsContract(Type type) => type.Assembly == typeof(JobRequest).Assembly && !type.IsEnum;
}
