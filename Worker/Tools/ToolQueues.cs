namespace OpenAIWorker.Tools;

/// <summary>Whether there is a broker, where handlers of functions can have queues.</summary>
sealed record ToolQueues(bool AreThere);
