using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MassTransit.Serialization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>The JSON of the bus: MassTransit's, with the contracts read by their generated code, strictly.</summary>
static class BusJson
{
    public static readonly JsonSerializerOptions Options = Make();

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(SystemTextJsonMessageSerializer.Options)
        {
            WriteIndented = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // As in a file of jobs: some tools have texts alone.
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
        };
        // MassTransit writes amounts as texts; a number is what the contracts and their schemas say.
        foreach (var text in options.Converters.Where(converter => converter.CanConvert(typeof(decimal))).ToList())
            options.Converters.Remove(text);
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(RequestReading.Resolver, options.TypeInfoResolver);
        // MassTransit reads dictionaries so that their keys lose their case; a sender's metadata must come back
        // untouched.
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
