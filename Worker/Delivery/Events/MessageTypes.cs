using MassTransit;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Delivery.Events;

/// <summary>
/// The types of an event, in the header that MassTransit's raw JSON deserializer reads: its own type, and
/// <see cref="IJobEnding"/> for an ending. Without it every consumer of an endpoint would receive every event as its
/// own type.
/// </summary>
static class MessageTypes<T> where T : class
{
    /// <summary>The URNs, separated by <c>;</c>.</summary>
    public static readonly string Header = MessageTypes.Of(typeof(T));
}

/// <inheritdoc cref="MessageTypes{T}"/>
static class MessageTypes
{
    public static string Of(Type type) => typeof(IJobEnding).IsAssignableFrom(type)
        ? $"{MessageUrn.ForTypeString(type)};{MessageUrn.ForTypeString<IJobEnding>()}"
        : MessageUrn.ForTypeString(type);
}
