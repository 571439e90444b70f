namespace OpenAIWorker.Contracts;

/// <summary>The two values of <see cref="IJobEnding.Ending"/>.</summary>
public static class Endings
{
    /// <summary>The job has its result.</summary>
    public const string Completed = "completed";

    /// <summary>The job has none, and will not be tried again.</summary>
    public const string Failed = "failed";
}
