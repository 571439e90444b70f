namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>A message as it is sent.</summary>
sealed record FuzzSent(string Operation, byte[] Body, string MessageId, FuzzProperties Properties,
    IReadOnlyDictionary<string, object?> Headers);
