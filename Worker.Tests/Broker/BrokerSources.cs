namespace OpenAIWorker.Tests.Broker;

/// <summary>Where to look for a broker, first choice first. A source that was named is the only one asked.</summary>
static class BrokerSources
{
    public static IReadOnlyList<IBroker> Of(BrokerSettings settings) => (settings.Source, settings.Uri) switch
    {
        (null or "uri", { } uri) => [new UriBroker(new(uri), Address(settings.Management), Address(settings.Metrics))],
        ("docker", _) => [new ContainerBroker(settings.Image)],
        ("local", _) => [new LocalBroker()],
        ("none", _) => [],
        (null, null) => [new ContainerBroker(settings.Image), new LocalBroker()],
        ("uri", null) => throw new ArgumentException("BROKER is 'uri', but RABBITMQ_URI is not set. Set it, or unset BROKER."),
        (var other, _) => throw new ArgumentException($"BROKER is '{other}'. Say uri, docker, local or none."),
    };

    static Uri? Address(string? given) => given is null ? null : new(given);
}
