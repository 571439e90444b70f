namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>What a note came to.</summary>
/// <param name="State">How the job stands.</param>
readonly record struct WaitAnswer(WaitState State)
{
    /// <summary>Where the note was the first: what is to be told.</summary>
    public WaitingEnd? End { get; init; }

    /// <summary>When the job's time was over.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>How a job that comes up stands.</summary>
enum WaitState
{
    /// <summary>The worker that has the job may call it.</summary>
    Free,

    /// <summary>A worker is about to tell its ending.</summary>
    Ending,

    /// <summary>Its ending was told.</summary>
    Told,
}
