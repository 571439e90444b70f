namespace OpenAIWorker.Delivery.Settlement;

/// <summary>Why a job waits that was not called, for its <c>OperationDelayed</c>.</summary>
static class WaitReasons
{
    public const string Paused = "The job's credential is paused.";

    public const string Limited = "The rate limit of the job's model is used up at the moment. The job waits for its "
        + "turn.";
}
