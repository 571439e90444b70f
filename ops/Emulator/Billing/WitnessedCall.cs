namespace OpenAIWorker.Emulator.Billing;

/// <summary>A call with its answer, as a witness sees it.</summary>
/// <param name="Call">The call.</param>
/// <param name="IsRefused">Whether its body was refused.</param>
/// <param name="Status">The status of the answer, before a fault changed it.</param>
/// <param name="Answer">The answer, if it is an endpoint's JSON and not a fault's.</param>
public sealed record WitnessedCall(ReceivedCall Call, bool IsRefused, int Status, JsonElement? Answer);
