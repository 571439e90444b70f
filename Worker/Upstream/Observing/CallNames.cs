using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream.Observing;

/// <summary>The operation and model of a request.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Model">The model that it names.</param>
readonly record struct AskedFor(string Operation, string? Model);

/// <summary>The names of a call in telemetry.</summary>
/// <param name="Operation"><c>gen_ai.operation.name</c>: the conventions' word if they have one, else the operation's
/// own.</param>
/// <param name="Model">The requested model.</param>
/// <param name="Server">The provider's host.</param>
/// <param name="Port">The provider's port.</param>
readonly record struct CallNames(string Operation, string? Model, string Server, int Port)
{
    /// <summary><c>gen_ai.provider.name</c>: the owner of the API; <c>server.address</c> shows who serves it.</summary>
    public const string Provider = "openai";

    public string Span => Model is null ? Operation : $"{Operation} {Model}";

    /// <param name="request">The job's.</param>
    /// <param name="asked">The operation and model.</param>
    /// <param name="endpoint">The endpoint.</param>
    public static CallNames Of(JobRequest request, AskedFor asked, OpenAIEndpoint endpoint) =>
        new(WordOf(request) ?? asked.Operation, asked.Model, endpoint.BaseUrl.Host, endpoint.BaseUrl.Port);

    static string? WordOf(JobRequest request) => request switch
    {
        MessageModel or AnalyzeImage => "chat",
        CreateEmbeddings => "embeddings",
        GenerateImage or EditImage or GenerateSpeech or TranscribeAudio or TranslateAudio => "generate_content",
        _ => null,
    };
}
