namespace OpenAIWorker.Emulator.Limits;

/// <summary>The answer of the limits to one request, and the state they are in afterwards.</summary>
readonly record struct Admission(Allowance Allowance, Denial? Denial);
