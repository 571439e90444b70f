namespace OpenAIWorker.Emulator.Faults;

/// <summary>A fault for every call of a model, of an endpoint, or of both.</summary>
/// <param name="Fault">Words of the fault language joined by commas, such as <c>slow:500,status:500@0.05</c>.</param>
/// <param name="Model">The model with or without its own faults; null (default) means every model.</param>
/// <param name="Endpoint">The route, such as <c>/v1/responses</c> or <c>/v1/responses/{id}</c>; null (default) means
/// every one.</param>
public sealed record FaultRule(string Fault, string? Model = null, string? Endpoint = null)
{
    internal Fault[] Faults { get; } = FaultLanguage.Parse(Fault);

    internal bool Meets(ApiCall call) =>
        (Model is null || Model == call.Model || Model == call.PlainModel)
            && (Endpoint is null || Endpoint == call.Endpoint.Route);
}
