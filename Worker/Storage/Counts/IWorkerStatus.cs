namespace OpenAIWorker.Storage.Counts;

/// <summary>What a worker writes of itself into the register, beside its signs of life.</summary>
interface IWorkerStatus
{
    /// <summary>How it is now, as JSON.</summary>
    string Now();
}

/// <summary>Nothing but the signs of life.</summary>
sealed class NoStatus : IWorkerStatus
{
    public string Now() => "{}";
}
