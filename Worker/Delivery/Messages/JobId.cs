namespace OpenAIWorker.Delivery.Messages;

/// <summary>What can be the id of a job or of a function's call.</summary>
static class JobId
{
    const int Longest = 256;

    /// <summary>Whether it is one: what is longer is none, and nothing is kept for it.</summary>
    public static bool Fits(string? id) => id is { Length: > 0 and <= Longest };
}
