namespace OpenAIWorker.Tools;

/// <summary>Whether there is a broker, on which the handlers of functions can have queues.</summary>
sealed record ToolQueues(bool AreThere);
