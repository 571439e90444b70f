namespace OpenAIWorker.Tests.Broker;

/// <summary>Tests that stop the broker have one of their own, which they take turns with.</summary>
[CollectionDefinition(nameof(Restarts))]
public sealed class Restarts : ICollectionFixture<RestartedBroker>;
