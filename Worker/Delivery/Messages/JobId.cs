namespace OpenAIWorker.Delivery.Messages;

/// <summary>Checks the ids of jobs and of function calls.</summary>
static class JobId
{
    const int Longest = 256;

    /// <summary>Whether the text is a valid id. Nothing is kept for a longer one.</summary>
    public static bool Fits(string? id) => id is { Length: > 0 and <= Longest };
}
