using System.Text.Json.Serialization;

namespace OpenAIWorker.Contracts;

/// <summary>Whether trying again can help. On the wire in camelCase.</summary>
[JsonConverter(typeof(CamelCaseConverter<FailureKind>))]
public enum FailureKind
{
    /// <summary>Never: the sender or the operator has to act first.</summary>
    Permanent,

    /// <summary>Perhaps: it was tried again, each time as an attempt.</summary>
    Transient,

    /// <summary>Yes, later: it waits as long as the provider says, without using attempts.</summary>
    Throttled,
}
