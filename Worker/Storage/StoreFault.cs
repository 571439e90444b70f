namespace OpenAIWorker.Storage;

/// <summary>
/// A store's fault, in our own words: a library's message may name hosts, users and paths that no sender needs to know.
/// </summary>
/// <param name="Why">Such as <c>it cannot be reached</c>.</param>
/// <param name="Cure">What the operator can do. Null: the store recovers by itself, and jobs wait for it.</param>
sealed record StoreFault(string Why, string? Cure = null)
{
    public static readonly StoreFault Unreachable = new("it cannot be reached");

    public static readonly StoreFault Slow = new("it did not answer in time");

    public static readonly StoreFault Full = new("it is full");

    public bool IsForGood => Cure is not null;
}
