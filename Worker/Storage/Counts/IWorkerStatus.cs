namespace OpenAIWorker.Storage.Counts;

/// <summary>A worker's own status for the register, in addition to its signs of life.</summary>
interface IWorkerStatus
{
    /// <summary>The current status, as JSON.</summary>
    string Now();
}

/// <summary>No status, only signs of life.</summary>
sealed class NoStatus : IWorkerStatus
{
    public string Now() => "{}";
}
