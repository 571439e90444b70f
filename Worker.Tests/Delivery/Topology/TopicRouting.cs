namespace OpenAIWorker.Tests.Delivery.Topology;

/// <summary>How RabbitMQ routes: <c>*</c> is one word, <c>#</c> is any number of them.</summary>
static class TopicRouting
{
    public static IEnumerable<RecordedBroker.Binding> Takers(this RecordedBroker broker, string exchange,
        string routingKey) =>
        broker.Bindings.Where(binding => binding.From == exchange && broker.Exchanges[exchange].Type switch
        {
            "fanout" => true,
            "direct" => binding.Pattern == routingKey,
            _ => Matches(binding.Pattern.Split('.'), routingKey.Split('.')),
        });

    public static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> key) => pattern switch
    {
        [] => key.IsEmpty,
        ["#", .. var rest] => Matches(rest, key) || (!key.IsEmpty && Matches(pattern, key[1..])),
        [var word, .. var rest] => !key.IsEmpty && (word == "*" || word == key[0]) && Matches(rest, key[1..]),
    };
}
