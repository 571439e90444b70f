namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>Everything the emulator serves below /v1.</summary>
static class EndpointList
{
    public static IEnumerable<ApiEndpoint> Of(EmulatorOptions options, FileStore files) =>
    [
        .. new Responses(options).Endpoints,
        .. ChatCompletions.Endpoints,
        .. Moderations.Endpoints,
        .. Embeddings.Endpoints,
        .. new Conversations().Endpoints,
        .. Images.Endpoints,
        .. Speech.Endpoints,
        .. Recordings.Endpoints,
        .. new Files(files).Endpoints,
        .. new Models(options.Models).Endpoints,
    ];
}
