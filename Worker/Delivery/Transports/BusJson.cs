using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MassTransit.Serialization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>The JSON of the bus: MassTransit's, but the contracts are read strictly, by generated code.</summary>
static class BusJson
{
    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>Writes what is nested deeper than its readers may read.</summary>
    public static readonly JsonSerializerOptions Deep = new(Options) { MaxDepth = DeepJson.Most };

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(SystemTextJsonMessageSerializer.Options)
        {
            WriteIndented = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // As in a file of jobs: some tools write every value as a text.
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
        };
        // MassTransit writes amounts as texts; the contracts and their schemas require numbers.
        foreach (var text in options.Converters.Where(converter => converter.CanConvert(typeof(decimal))).ToList())
            options.Converters.Remove(text);
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(RequestReading.Resolver, options.TypeInfoResolver);
        // MassTransit's dictionaries ignore the case of keys; a sender's metadata must be returned unchanged.
        options.Converters.Insert(0, new PlainDictionaries());
        return options;
    }

    sealed class PlainDictionaries : JsonConverterFactory
    {
        public override bool CanConvert(Type type) =>
            type == typeof(IReadOnlyDictionary<string, string>)
                || type == typeof(IReadOnlyDictionary<string, JsonElement>)
            || type == typeof(IReadOnlyDictionary<string, bool>) || type == typeof(IReadOnlyDictionary<string, double>);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)ContractJson.Default.GetTypeInfo(type)!.Converter;
    }
}
