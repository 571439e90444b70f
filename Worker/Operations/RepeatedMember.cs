using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations;

/// <summary>
/// Refuses a member that occurs twice, at any depth. JSON readers differ in which of the two they use, so the checked
/// job might differ from the job that is called. The body of <see cref="CallApi"/> is passed on unchanged, and the
/// provider judges it.
/// </summary>
static class RepeatedMember
{
    // Each name is compared with each.
    const int MostCompared = 16;

    static readonly ConcurrentDictionary<Type, FrozenDictionary<string, JsonPropertyInfo>> Members = [];

    /// <summary>The refusal of a job with such a member; null if it has none.</summary>
    /// <param name="job">The job.</param>
    /// <param name="operation">The operation whose contract it should fit; null if it is unknown.</param>
    public static Failure? In(JsonElement job, Operation? operation) =>
        Told(Find(job, operation is null ? null : RequestReading.TypeOf(operation.Request)));

    /// <summary>The same for the wrapper of a job: checks only its own members, nothing inside them.</summary>
    public static Failure? Around(JsonElement wrapper) =>
        Told(Twin(wrapper, null, static (_, name) => name.ToUpperInvariant()));

    static Failure? Told(string? path) =>
        path is null ? null : Failure.Invalid(Excerpt.Of(path, 300),
            $"{Excerpt.Marked(path, ShownValue.Longest)} occurs twice. Leave one of them out.");

    static string? Find(JsonElement value, JsonTypeInfo? type) => value.ValueKind switch
    {
        // Contracts ignore the case of names; everything else compares them exactly.
        JsonValueKind.Object =>
            Twin(value, type, static (type, name) => MemberOf(type, name)?.Name ?? name) ?? Inside(value, type),
        JsonValueKind.Array =>
            InList(value, type is { Kind: JsonTypeInfoKind.Enumerable }
                ? RequestReading.TypeOf(type.ElementType!)
                : null),
        _ => null,
    };

    static string? Twin(JsonElement json, JsonTypeInfo? type, Func<JsonTypeInfo?, string, string> known)
    {
        if (json.ValueKind != JsonValueKind.Object || AreUnlike(json))
            return null;
        var seen = new HashSet<string>();
        foreach (var member in json.EnumerateObject())
            if (!seen.Add(known(type, member.Name)))
                return member.Name;
        return null;
    }

    // Whether the names differ in more than case, seen in the JSON's bytes: so it is with nearly all objects, and their
    // names need no strings. Not if there are many, or names with escapes or letters outside of ASCII.
    static bool AreUnlike(JsonElement json)
    {
        var count = json.GetPropertyCount();
        if (count > MostCompared)
            return false;
        var first = json.EnumerateObject();
        while (first.MoveNext())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(first.Current);
            if (name.Contains((byte)'\\') || !Ascii.IsValid(name))
                return false;
            var second = first;
            while (second.MoveNext())
            {
                if (Ascii.EqualsIgnoreCase(name, JsonMarshal.GetRawUtf8PropertyName(second.Current)))
                    return false;
            }
        }
        return true;
    }

    static string? Inside(JsonElement json, JsonTypeInfo? type)
    {
        foreach (var member in json.EnumerateObject())
            if (IsNested(member.Value) && !IsPassedOn(type, member.Name)
                && Find(member.Value, TypeOf(type, member.Name)) is { } path)
                return path.StartsWith('[') ? $"{member.Name}{path}" : $"{member.Name}.{path}";
        return null;
    }

    static string? InList(JsonElement list, JsonTypeInfo? type)
    {
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (IsNested(item) && Find(item, type) is { } path)
                return path.StartsWith('[') ? $"[{index}]{path}" : $"[{index}].{path}";
            index++;
        }
        return null;
    }

    static bool IsNested(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    static bool IsPassedOn(JsonTypeInfo? type, string name) =>
        type?.Type == typeof(CallApi) && name.Equals(nameof(CallApi.Body), StringComparison.OrdinalIgnoreCase);

    static JsonTypeInfo? TypeOf(JsonTypeInfo? type, string name) => type?.Kind switch
    {
        JsonTypeInfoKind.Dictionary => RequestReading.TypeOf(type.ElementType!),
        _ => MemberOf(type, name) is { } member ? RequestReading.TypeOf(member.PropertyType) : null,
    };

    static JsonPropertyInfo? MemberOf(JsonTypeInfo? type, string name) => type is { Kind: JsonTypeInfoKind.Object }
        ? Members.GetOrAdd(type.Type, static (_, type) => MembersOf(type), type).GetValueOrDefault(name)
        : null;

    static FrozenDictionary<string, JsonPropertyInfo> MembersOf(JsonTypeInfo type) =>
        type.Properties.DistinctBy(property => property.Name, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
}
