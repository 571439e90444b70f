namespace OpenAIWorker.Tests.Broker;

/// <summary>A source has no broker here. The message says why, and the next source is tried.</summary>
sealed class NoBrokerException(string message, Exception? cause = null) : Exception(message, cause);
