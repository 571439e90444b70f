namespace OpenAIWorker.Tests.Broker;

/// <summary>Tests that stop the broker run alone: the others are done by then, or not begun.</summary>
[CollectionDefinition(nameof(Restarts), DisableParallelization = true)]
public sealed class Restarts;
