namespace OpenAIWorker.Tests.Broker;

/// <summary>Where to look for a broker, first choice first. If a source was named, only that one is used.</summary>
static class BrokerSources
{
    /// <param name="settings">What the person who runs the tests wants.</param>
    /// <param name="tls">For a test's own server: it serves TLS too. A running broker is then not used.</param>
    public static IReadOnlyList<IBroker> Of(BrokerSettings settings, ServerTls? tls = null) =>
        (settings.Source, settings.Uri) switch
        {
            (null or "uri", { } uri) =>
                tls is null ? [new UriBroker(new(uri), Address(settings.Management), Address(settings.Metrics))] : [],
            ("docker", _) => [new ContainerBroker(settings.Image, tls)],
            ("local", _) => [new LocalBroker(tls)],
            ("none", _) => [],
            (null, null) => [new ContainerBroker(settings.Image, tls), new LocalBroker(tls)],
            ("uri", null) =>
                throw new ArgumentException("BROKER is 'uri', but RABBITMQ_URI is not set. Set it, or unset BROKER."),
            (var other, _) => throw new ArgumentException($"BROKER is '{other}'. Say uri, docker, local or none."),
        };

    static Uri? Address(string? given) => given is null ? null : new(given);
}
