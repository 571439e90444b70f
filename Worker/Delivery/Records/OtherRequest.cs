namespace OpenAIWorker.Delivery.Records;

/// <summary>
/// Notes with its message that a job's id is another request's: the event that says so must not pass for a copy of that
/// one's ending.
/// </summary>
/// <param name="Hash">Of the request.</param>
sealed record OtherRequest(string Hash);
