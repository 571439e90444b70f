namespace OpenAIWorker.Delivery.Records;

/// <summary>
/// Attached to a message whose job id belongs to another request, so that the event that says so is not mistaken for a
/// copy of that request's ending.
/// </summary>
/// <param name="Hash">The hash of the request.</param>
sealed record OtherRequest(string Hash);
