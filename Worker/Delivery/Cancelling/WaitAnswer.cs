namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>The answer to a note.</summary>
/// <param name="State">The state of the job.</param>
readonly record struct WaitAnswer(WaitState State)
{
    /// <summary>If the note was the first: the ending to publish.</summary>
    public WaitingEnd? End { get; init; }

    /// <summary>When the job's time was over.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>The state of a job that is delivered.</summary>
enum WaitState
{
    /// <summary>The worker that has the job may call it.</summary>
    Free,

    /// <summary>A worker is about to publish its ending.</summary>
    Ending,

    /// <summary>Its ending was published.</summary>
    Told,
}
