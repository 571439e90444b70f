using System.Text.Json.Serialization;

namespace OpenAIWorker.Contracts;

/// <summary>Who can do something about a failure. On the wire in camelCase.</summary>
[JsonConverter(typeof(CamelCaseConverter<Remedy>))]
public enum Remedy
{
    /// <summary>The sender: the request has to change.</summary>
    Sender,

    /// <summary>The operator: a key, a quota, a setting.</summary>
    Operator,

    /// <summary>The provider was at fault. Sending the job again later may work.</summary>
    Provider,
}
