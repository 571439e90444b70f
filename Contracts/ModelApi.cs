using System.Text.Json.Serialization;

namespace OpenAIWorker.Contracts;

/// <summary>The two APIs that answer a message. On the wire in camelCase.</summary>
[JsonConverter(typeof(CamelCaseConverter<ModelApi>))]
public enum ModelApi
{
    /// <summary><c>POST /responses</c>.</summary>
    Responses,

    /// <summary><c>POST /chat/completions</c>, which nearly every compatible provider has.</summary>
    ChatCompletions,
}
