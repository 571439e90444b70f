namespace OpenAIWorker.Storage;

/// <summary>How long a paid result waits for the next attempt at an unavailable store.</summary>
static class StorePause
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    public static TimeSpan After(TimeSpan pause) => pause * 2 < Longest ? pause * 2 : Longest;
}
