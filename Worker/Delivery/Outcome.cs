using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>What a call came to: a result, or a failure.</summary>
sealed record Outcome(OperationResult? Result, Failure? Failure, DateTimeOffset Started, TimeSpan Duration);
