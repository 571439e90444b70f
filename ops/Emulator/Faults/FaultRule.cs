namespace OpenAIWorker.Emulator.Faults;

/// <summary>A fault for some calls.</summary>
/// <param name="Fault">Such as <c>slow:500,status:500@0.05</c>.</param>
/// <param name="Model">Only for this model. Null: all.</param>
/// <param name="Path">Only for this path, such as <c>/v1/moderations</c>. Null: all.</param>
public sealed record FaultRule(string Fault, string? Model = null, string? Path = null)
{
    internal bool Fits(string model, string path) => (Model is null || Model == model) && (Path is null || Path == path);
}
