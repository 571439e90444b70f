namespace OpenAIWorker.Delivery.Broker;

/// <summary>How the process ends when the worker stops by itself.</summary>
sealed class WorkerExit
{
    /// <summary>For its supervisor: it is to be started again.</summary>
    public const int Deaf = 3;

    public int Code { get; set; }
}
