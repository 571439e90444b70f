using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Operations;

/// <summary>
/// Reads requests strictly: otherwise a misspelt parameter would be dropped, and the call paid for without it. A
/// missing member is left to the operation, which names it like every other wrong value.
/// </summary>
static class RequestReading
{
    /// <summary>The contracts' generated code, made strict.</summary>
    public static readonly IJsonTypeInfoResolver Resolver = ContractJson.Default
        .WithAddedModifier(RefuseUnknownMembers).WithAddedModifier(LeaveMissingMembers)
        .WithAddedModifier(ReadAsWritten);

    static readonly Dictionary<Type, JsonConverter> Converters = new()
    {
        [typeof(TimeSpan?)] = new Duration(),
        [typeof(DateTimeOffset?)] = new PointInTime(),
        [typeof(int?)] = new WholeNumber.OrNull(),
        [typeof(long?)] = new WholeNumber.LongOrNull(),
        [typeof(long)] = new WholeNumber.Long(),
        [typeof(double?)] = new FiniteNumber(),
    };

    static readonly JsonSerializerOptions Options = Made();

    /// <exception cref="FailureException">The JSON does not fit the operation's contract.</exception>
    public static JobRequest Read(Operation operation, JsonElement json)
    {
        try
        {
            return (JobRequest)json.Deserialize(operation.Request, Options)!;
        }
        catch (JsonException misfit)
        {
            throw new FailureException(Misfit.Of(misfit, json, operation), misfit);
        }
    }

    /// <summary>How a type of the contracts is read.</summary>
    public static JsonTypeInfo TypeOf(Type type) => Options.GetTypeInfo(type);

    // Options that are not read-only compute what they know of a type again each time.
    static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = Resolver };
        options.MakeReadOnly();
        return options;
    }

    static void RefuseUnknownMembers(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && type.Type.Assembly == typeof(JobRequest).Assembly
            && !typeof(IJobEnding).IsAssignableFrom(type.Type))
            type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
    }

    static void LeaveMissingMembers(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            property.IsRequired = false;
    }

    static void ReadAsWritten(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (Converters.TryGetValue(property.PropertyType, out var converter))
                property.CustomConverter = converter;
    }
}
