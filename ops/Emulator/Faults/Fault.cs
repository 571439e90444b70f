namespace OpenAIWorker.Emulator.Faults;

enum FaultKind
{
    Slow,
    Status,
    RetryAfter,
    Cut,
    CutAfter,
    Hang,
    Broken,
    Html,
}

/// <summary>One word of the fault language, such as <c>status:429:insufficient_quota@0.05#2</c>.</summary>
/// <param name="Text">The text as it was written; calls of a job are counted under it.</param>
/// <param name="Number">The milliseconds of slow, the status of status, the seconds of retry-after.</param>
/// <param name="FirstCalls">Affects only this number of first calls of the same job; null means all.</param>
sealed record Fault(string Text, FaultKind Kind, int Number, string? Code, double Probability, int? FirstCalls);
