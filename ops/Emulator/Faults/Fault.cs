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
/// <param name="Text">As it was written; calls of a job are counted under it.</param>
/// <param name="Number">Milliseconds of slow, status of status, seconds of retry-after.</param>
/// <param name="FirstCalls">Only so many calls of the same job meet it; null means all.</param>
sealed record Fault(string Text, FaultKind Kind, int Number, string? Code, double Probability, int? FirstCalls);
