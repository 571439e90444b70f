namespace OpenAIWorker.Emulator.Faults;

/// <summary>A fault that is not in the language; the message says what is.</summary>
public sealed class FaultSyntaxException(string message) : FormatException(message);
