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

    /// <summary>Surely, later: it waited as long as it was told, without using up attempts.</summary>
    Throttled,
}
