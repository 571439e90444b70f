namespace OpenAIWorker.Jobs;

/// <summary>A job is not done: its next step comes later, and until then it waits in the broker.</summary>
/// <param name="State">What it is to remember.</param>
/// <param name="Delay">How long. Zero: the next step is due.</param>
/// <param name="Code">What it waits for: the code of <c>OperationDelayed</c>.</param>
/// <param name="Message">The same in words.</param>
sealed record Suspension(JobState State, TimeSpan Delay, string Code, string Message)
{
    /// <summary>Whether subscribers hear of it: not of every look at something that is still not there.</summary>
    public bool IsNews { get; init; }
}

/// <summary>Carries a <see cref="Suspension"/> from an operation to who runs it.</summary>
sealed class SuspendedException(Suspension suspension) : Exception(suspension.Message)
{
    public Suspension Suspension => suspension;
}
