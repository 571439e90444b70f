namespace OpenAIWorker.Jobs;

/// <summary>A job is not done: its next step comes later, and until then it waits in the broker.</summary>
/// <param name="State">The state for the next step.</param>
/// <param name="Delay">The delay. Zero: the next step is due.</param>
/// <param name="Code">The code of <c>OperationDelayed</c> for this wait.</param>
/// <param name="Message">The reason in words.</param>
sealed record Suspension(JobState State, TimeSpan Delay, string Code, string Message)
{
    /// <summary>Whether subscribers are told of it: not of every poll without a result.</summary>
    public bool IsNews { get; init; }
}

/// <summary>Carries a <see cref="Suspension"/> from an operation to its runner.</summary>
sealed class SuspendedException(Suspension suspension) : Exception(suspension.Message)
{
    public Suspension Suspension => suspension;
}
