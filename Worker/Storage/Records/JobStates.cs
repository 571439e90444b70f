namespace OpenAIWorker.Storage.Records;

/// <summary>The states of a job in the database.</summary>
static class JobStates
{
    public const string Running = "running";
    public const string Waiting = "waiting";
    public const string Completed = "completed";
    public const string Failed = "failed";

    public static readonly IReadOnlyList<string> All = [Waiting, Running, Completed, Failed];
}
