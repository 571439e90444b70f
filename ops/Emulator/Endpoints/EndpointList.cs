namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>Everything the emulator serves below /v1.</summary>
static class EndpointList
{
    public static IEnumerable<ApiEndpoint> Of(EmulatorOptions options, FileStore files) => Of(options, files, new ConversationStore());

    static IEnumerable<ApiEndpoint> Of(EmulatorOptions options, FileStore files, ConversationStore conversations) =>
    [
        .. new Responses(options, conversations).Endpoints,
        .. ChatCompletions.Endpoints,
        .. Moderations.Endpoints,
        .. Embeddings.Endpoints,
        .. new Conversations(conversations).Endpoints,
        .. Images.Endpoints,
        .. Speech.Endpoints,
        .. Recordings.Endpoints,
        .. new Files(files).Endpoints,
        .. new Models(options.Models).Endpoints,
    ];
}
