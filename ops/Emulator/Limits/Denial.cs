namespace OpenAIWorker.Emulator.Limits;

/// <summary>
/// The limit that was exceeded, and the wait after which this request would pass; null if it never would.
/// </summary>
/// <param name="Kind">"requests" or "tokens", which is also the type of OpenAI's error.</param>
sealed record Denial(string Kind, int Limit, long Used, int Requested, TimeSpan? Wait);
