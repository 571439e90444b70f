namespace OpenAIWorker.Delivery;

/// <summary>The broker of the settings does not answer, or lets nobody in.</summary>
sealed class BrokerAwayException(Exception inner) : Exception($"The broker cannot be reached: {inner.GetBaseException().Message}", inner);
