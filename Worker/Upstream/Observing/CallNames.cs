using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream.Observing;

/// <summary>What a request asks for.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Model">The model that it names.</param>
readonly record struct AskedFor(string Operation, string? Model);

/// <summary>What a call is called in telemetry.</summary>
/// <param name="Operation"><c>gen_ai.operation.name</c>: the conventions' word where they have one, else the
/// operation's own.</param>
/// <param name="Model">The model that is asked for.</param>
/// <param name="Server">The provider's host.</param>
/// <param name="Port">The provider's port.</param>
readonly record struct CallNames(string Operation, string? Model, string Server, int Port)
{
    /// <summary><c>gen_ai.provider.name</c>: whose API it is; <c>server.address</c> tells who serves it.</summary>
    public const string Provider = "openai";

    public string Span => Model is null ? Operation : $"{Operation} {Model}";

    /// <param name="request">The job's.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="endpoint">Whom it is asked of.</param>
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
