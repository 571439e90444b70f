namespace OpenAIWorker.Tests.Broker;

/// <summary>What the person who runs the tests wants, from environment variables.</summary>
/// <param name="Uri">RABBITMQ_URI: a running broker.</param>
/// <param name="Source">BROKER: <c>uri</c>, <c>docker</c>, <c>local</c> or <c>none</c>; otherwise the first that
/// works.</param>
/// <param name="Image">RABBITMQ_IMAGE: the image of the container.</param>
/// <param name="Required">REQUIRE_BROKER=1: without a broker the tests fail instead of being skipped.</param>
/// <param name="Management">RABBITMQ_MANAGEMENT_URL: its management plugin, with user and password.</param>
/// <param name="Metrics">RABBITMQ_METRICS_URL: its Prometheus plugin.</param>
sealed record BrokerSettings(string? Uri = null, string? Source = null, string Image = BrokerSettings.StockImage,
    bool Required = false, string? Management = null, string? Metrics = null)
{
    const string StockImage = "rabbitmq:4-management";

    /// <summary>A named broker that does not answer is a failure, not a reason to skip.</summary>
    public bool IsExpected => Required || Source is "uri" or "docker" or "local" || (Source is null && Uri is not null);

    public static BrokerSettings FromEnvironment() => new(
        Variable("RABBITMQ_URI"),
        Variable("BROKER"),
        Variable("RABBITMQ_IMAGE") ?? StockImage,
        Variable("REQUIRE_BROKER") is "1" or "true",
        Variable("RABBITMQ_MANAGEMENT_URL"),
        Variable("RABBITMQ_METRICS_URL"));

    static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
