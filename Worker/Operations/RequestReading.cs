using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OpenAIWorker.Contracts;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations;

/// <summary>
/// Reads requests strictly: a misspelt parameter would else be dropped, and the call paid for without it. A missing member is left to the
/// operation, which names it like every other wrong value.
/// </summary>
static class RequestReading
{
    /// <summary>The contracts' generated code, made strict.</summary>
    public static readonly IJsonTypeInfoResolver Resolver = ContractJson.Default.WithAddedModifier(RefuseUnknownMembers).WithAddedModifier(LeaveMissingMembers);

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { TypeInfoResolver = Resolver };

    static readonly HashSet<string> Members =
        [.. typeof(JobRequest).Assembly.GetTypes().SelectMany(type => type.GetProperties()).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    /// <exception cref="FailureException">The JSON does not fit the operation's contract.</exception>
    public static JobRequest Read(Operation operation, JsonElement json)
    {
        try
        {
            return (JobRequest)json.Deserialize(operation.Request, Options)!;
        }
        catch (JsonException misfit)
        {
            throw new FailureException(Misfit(misfit, json), misfit);
        }
    }

    /// <summary>Where and why it does not fit, in a sentence.</summary>
    public static Failure Misfit(JsonException misfit, JsonElement json)
    {
        var member = misfit.Path is { Length: > 2 } path ? path[2..] : "";
        if (Find(json, member) is not { } value)
            return Failure.Invalid(member, $"The request does not fit its contract: {misfit.Message}");
        var name = member[(member.LastIndexOf('.') + 1)..];
        return Failure.Invalid(member, Members.Contains(name)
            ? $"{member} is {Shown(value)}, which does not fit. See Contracts/README.md."
            : $"{member} is no member. Did you mean {Members.MinBy(known => Spelling.Distance(known, name))}? What is for the API alone goes into extra.");
    }

    static string Shown(JsonElement value)
    {
        const int most = 60;
        return Excerpt.Marked(value.GetRawText(), most);
    }

    // A path as the serializer writes it: messages[0].text
    static JsonElement? Find(JsonElement json, string path)
    {
        foreach (var step in path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (json.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index < json.GetArrayLength())
                json = json[index];
            else if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(step, out json))
                return null;
        }
        return path.Length > 0 ? json : null;
    }

    static void RefuseUnknownMembers(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && type.Type.Assembly == typeof(JobRequest).Assembly && !typeof(IJobEnding).IsAssignableFrom(type.Type))
            type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
    }

    static void LeaveMissingMembers(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            property.IsRequired = false;
    }
}
