namespace OpenAIWorker.Tests.Broker;

/// <summary>A source cannot give a broker here; the message says why, and the next source is asked.</summary>
sealed class NoBrokerException(string message, Exception? cause = null) : Exception(message, cause);
