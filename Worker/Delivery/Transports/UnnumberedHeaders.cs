namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// Headers without the number that RabbitMQ.Client adds to messages with tracked confirms (<c>x-dotnet-pub-seq-no</c>).
/// The client needs it only to identify returned messages, so it is removed from messages that are not mandatory: such
/// a message is dropped if no queue is bound.
/// </summary>
sealed class UnnumberedHeaders : Dictionary<string, object?>, IDictionary<string, object?>
{
    const string Number = "x-dotnet-pub-seq-no";

    public UnnumberedHeaders(int capacity = 0) : base(capacity)
    {
    }

    public UnnumberedHeaders(IDictionary<string, object?> headers) : base(headers)
    {
    }

    // The client sets it through the interface.
    object? IDictionary<string, object?>.this[string name]
    {
        get => base[name];
        set
        {
            if (name != Number)
                base[name] = value;
        }
    }
}
