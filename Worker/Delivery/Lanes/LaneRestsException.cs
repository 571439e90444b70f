namespace OpenAIWorker.Delivery.Lanes;

/// <summary>The delivery goes back to its lane, to its place there: no job of the lane may be called for now.</summary>
sealed class LaneRestsException(string lane) : Exception($"The lane {lane} rests.");
