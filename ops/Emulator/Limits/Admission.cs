namespace OpenAIWorker.Emulator.Limits;

/// <summary>The decision of the limits about one request, and their state afterwards.</summary>
readonly record struct Admission(Allowance Allowance, Denial? Denial);
