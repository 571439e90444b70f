namespace OpenAIWorker.Delivery.Lanes;

/// <summary>Returns the delivery to its place in the lane, because no job of the lane may be called now.</summary>
sealed class LaneRestsException(string lane) : Exception($"The lane {lane} rests.");
