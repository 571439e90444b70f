namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>All endpoints below /v1.</summary>
static class EndpointList
{
    public static IEnumerable<ApiEndpoint> Of(EmulatorOptions options, FileStore files) =>
        Of(options, files, new ConversationStore(), new VectorStores(options, files), new Containers());

    static IEnumerable<ApiEndpoint> Of(EmulatorOptions options, FileStore files, ConversationStore conversations,
        VectorStores stores, Containers containers) =>
    [
        .. new Responses(options, conversations, new(stores, containers)).Endpoints,
        .. ChatCompletions.Endpoints,
        .. Moderations.Endpoints,
        .. Embeddings.Endpoints,
        .. new Conversations(conversations, options.Time).Endpoints,
        .. stores.Endpoints,
        .. containers.Endpoints,
        .. options.Assistants ? Native(options) : [],
        .. Images.Endpoints,
        .. Speech.Endpoints,
        .. Recordings.Endpoints,
        .. new Files(files).Endpoints,
        .. new Models(options.Models).Endpoints,
    ];

    static IEnumerable<ApiEndpoint> Native(EmulatorOptions options)
    {
        var assistants = new Assistants();
        return assistants.Endpoints.Concat(new Threads(options, assistants).Endpoints).Select(Assistants.InBeta);
    }
}
