namespace OpenAIWorker.Delivery;

/// <summary>An event is larger than the broker takes. It cuts the connection of whoever sends it, and all the jobs there would come back, again and again.</summary>
sealed class EventTooLargeException(long size, long most) : Exception($"The event has {size} bytes, and a message may have {most} (Broker:LargestMessage).");
