using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations;

/// <summary>
/// Explains where and why JSON does not fit an operation's contract, in a sentence about the JSON that was given.
/// </summary>
static partial class Misfit
{
    // A longer list of names would not help.
    const int Listed = 16;

    const string LineId = "custom_id", Extra = "extra", Other = "other";

    /// <param name="misfit">The reader's exception.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="operation">The operation of the request; null if it is unknown.</param>
    public static Failure Of(JsonException misfit, JsonElement json, Operation? operation)
    {
        if (operation is null)
            return Unknown(misfit);
        var (value, type, at) = (json, RequestReading.TypeOf(operation.Request), "");
        foreach (var step in Steps(misfit.Path ?? ""))
        {
            if (step.Index is { } index)
            {
                if (type.Kind != JsonTypeInfoKind.Enumerable || value.ValueKind != JsonValueKind.Array
                    || index >= value.GetArrayLength())
                    return Unknown(misfit);
                (value, type, at) = (value[index], RequestReading.TypeOf(type.ElementType!), $"{at}[{index}]");
                continue;
            }
            if (Find(value, step.Name) is not { } member)
                return Unknown(misfit);
            if (MemberOf(type, step.Name) is not (var name, var inner))
                return NoMember(Path(at, step.Name), at.Length == 0 ? operation.Name : at, step.Name, type, member);
            (value, type, at) = (member, inner, Path(at, name));
        }
        return at.Length == 0
            ? Unknown(misfit)
            : Failure.Invalid(at,
                $"{at} is {Shown(value, type)}; expected: {Expected(type, value)}.{Cure(type, value)}");
    }

    static Failure Unknown(JsonException misfit) =>
        Failure.Invalid(misfit.Path is { Length: > 2 } path ? path[2..] : "",
            $"The request does not fit its contract: {misfit.Message}");

    static Failure NoMember(string path, string place, string name, JsonTypeInfo type, JsonElement value)
    {
        var known = type.Properties.Select(property => property.Name).ToList();
        var cure = name == LineId && known.Contains(Extra)
            ? " It belongs to a line of an OpenAI Batch file, which the verb batch runs; a message has only the job."
            : IsWrapper(value, known, most: true) ? Unwrap(known, place)
            : OtherNames.Meant(name, known) is { } meant ? $" Did you mean {meant}?"
            : IsWrapper(value, known, most: false) ? Unwrap(known, place)
            : known.Count <= Listed ? $" There are {string.Join(", ", known)}." : "";
        var extra = known.Contains(Extra)
            ? " Members for the API go into extra."
            : known.Contains(Other)
            ? " A tool in the API's own form goes into other."
            : "";
        return Failure.Invalid(path,
            $"{Excerpt.Marked(path, ShownValue.Longest)} is not a member of {place}.{cure}{extra}");
    }

    static string Unwrap(List<string> known, string place) => known.Contains(Extra)
        ? " It contains what looks like the job: send that object itself as the body."
        : $" It contains what looks like {place} itself: write its members there.";

    // Several known members and no others are needed to recognise a wrapper, because a single name may be similar by
    // chance.
    static bool IsWrapper(JsonElement value, List<string> known, bool most)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return false;
        var members = value.EnumerateObject()
            .Select(member => known.Contains(member.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        return most ? members.Count > 1 && members.TrueForAll(isKnown => isKnown) : members.Contains(true);
    }

    static string Shown(JsonElement value, JsonTypeInfo type) =>
        Plain(type.Type) == typeof(string) || type.Kind != JsonTypeInfoKind.None
            ? ShownValue.Kind(value)
            : ShownValue.Of(value);

    // Other programs use a plain text here.
    static string Cure(JsonTypeInfo type, JsonElement value) => value.ValueKind == JsonValueKind.String
        && (type.Type == typeof(StoredPrompt) || type.Type == typeof(ModelMessage)
            || type.ElementType == typeof(ModelMessage))
        ? " The question to the model goes into \"messages\": [{\"text\": \"…\"}]."
        : "";

    static string Expected(JsonTypeInfo type, JsonElement value) => type.Kind switch
    {
        JsonTypeInfoKind.Enumerable =>
            $"a list, and each of its entries {Expected(RequestReading.TypeOf(type.ElementType!), default)}",
        JsonTypeInfoKind.Dictionary =>
            $"an object, and each of its values {Expected(RequestReading.TypeOf(type.ElementType!), default)}",
        JsonTypeInfoKind.Object =>
            $"an object with {string.Join(", ", type.Properties.Select(property => property.Name))}",
        _ => Scalar(Plain(type.Type), value),
    };

    static string Scalar(Type type, JsonElement value) =>
        type == typeof(string) ? value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? $"a text: \"{Excerpt.Marked(value.GetRawText(), ShownValue.Longest)}\""
            : "a text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) || type == typeof(decimal) || type == typeof(float) ? "a number"
        : type == typeof(TimeSpan) ? Duration.Expected(value)
        : type == typeof(DateTimeOffset) ? "a time such as 2027-01-31T12:00:00Z, with its offset"
        : type == typeof(Uri) ? "an address such as https://host/path"
        : type.IsEnum
        ? $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}"
        : "a value of another kind";

    static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    static string Path(string at, string name) => at.Length == 0 ? name : $"{at}.{name}";

    // By its exact name: the reader ignores case.
    static (string Name, JsonTypeInfo Type)? MemberOf(JsonTypeInfo type, string name) =>
        type.Kind == JsonTypeInfoKind.Dictionary
        ? (name, RequestReading.TypeOf(type.ElementType!))
        : type.Properties.FirstOrDefault(property =>
            property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found
                ? (found.Name, RequestReading.TypeOf(found.PropertyType))
                : null;

    static JsonElement? Find(JsonElement value, string name) => value.ValueKind != JsonValueKind.Object ? null
        : value.TryGetProperty(name, out var exact) ? exact
        : value.EnumerateObject().Where(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(member => (JsonElement?)member.Value).LastOrDefault();

    // In the serializer's form: $.messages[0].text, and $['a name with dots'].
    static IEnumerable<(string Name, int? Index)> Steps(string path) => Step().Matches(path).Select(step =>
        step.Groups["index"] is { Success: true } index && int.TryParse(index.Value, out var number) ? ("", number)
        : (step.Groups["quoted"] is { Success: true } quoted ? Regex.Unescape(quoted.Value) : step.Groups["name"].Value,
            (int?)null));

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\[(?<index>\d+)\]|\['(?<quoted>(?:[^'\\]|\\.)*)'\]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
