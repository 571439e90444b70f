namespace OpenAIWorker.Delivery.Broker.Watching;

/// <summary>The exit code of the process when the worker stops by itself.</summary>
sealed class WorkerExit
{
    /// <summary>For its supervisor: restart it.</summary>
    public const int Deaf = 3;

    public int Code { get; set; }
}
