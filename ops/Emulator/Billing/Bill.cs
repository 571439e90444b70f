namespace OpenAIWorker.Emulator.Billing;

/// <summary>The sum of what was received.</summary>
/// <param name="Calls">Calls received.</param>
/// <param name="Billed">Calls accepted.</param>
/// <param name="Jobs">Jobs with at least one accepted call.</param>
/// <param name="BilledTwice">Jobs with more than one.</param>
/// <param name="JobsBilledTwice">The first hundred of those.</param>
/// <param name="ByStatus">Calls by the status they were answered with; 0 when the connection was cut.</param>
public sealed record Bill(int Calls, int Billed, int Jobs, int BilledTwice, IReadOnlyList<string> JobsBilledTwice, IReadOnlyDictionary<int, int> ByStatus);
