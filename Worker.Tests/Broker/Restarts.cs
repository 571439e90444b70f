namespace OpenAIWorker.Tests.Broker;

/// <summary>Tests that stop the broker share a separate one, and take turns.</summary>
[CollectionDefinition(nameof(Restarts))]
public sealed class Restarts : ICollectionFixture<RestartedBroker>;
