using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Embeddings;

/// <summary><c>POST /embeddings</c></summary>
sealed class CreateEmbeddingsOperation(OpenAIClients openAI) : IOperation<CreateEmbeddings, EmbeddingsCreated>
{
    public async Task<EmbeddingsCreated> Run(CreateEmbeddings request, CancellationToken cancellation)
    {
        Check(request);

        var answer = await openAI.Of(request).Send("POST", "embeddings", Body(request).ToContent(), cancellation);

        var result = new EmbeddingsCreated
        {
            Model = answer.Body.Text("model"),
            RequestId = answer.RequestId,
            Usage = answer.Body.Usage()
        };
        return request.Simplify ?? true
            ? result with { Embeddings = Read(answer, request) }
            : result with { Raw = answer.Body };
    }

    static void Check(CreateEmbeddings request)
    {
        Model(request, request.Model, "text-embedding-3-small");
        Needed("text", !string.IsNullOrEmpty(request.Text) || request.Texts is { Count: > 0 }
            || request.HasExtra("input"), "give text or texts.");
        Never("texts", request is { Text: not null, Texts: not null },
            "cannot be combined with text. Put all of them into texts.");
        foreach (var (index, text) in (request.Texts ?? []).Index())
            Needed($"texts[{index}]", !string.IsNullOrEmpty(text), "the API does not accept an empty text.");
    }

    static JsonBody Body(CreateEmbeddings request) => new(request)
    {
        { "model", request.Model },
        { "input", request.Texts ?? (request.Text is null ? null : [request.Text]) },
        { "dimensions", request.Dimensions },
        { "encoding_format", request.Encoding },
        { "user", request.SafetyIdentifier },
    };

    // A missing vector would move the others to the wrong texts.
    static List<Embedding> Read(ProviderResponse answer, CreateEmbeddings request)
    {
        var asBytes = (request.Encoding ?? request.Extra?.GetValueOrDefault("encoding_format").ToString()) == "base64";
        // If the sender requests another type with the provider's own parameters, the bytes are not 32-bit numbers.
        var areOther = request.HasExtra("output_dtype") || request.HasExtra("embedding_types");
        var vectors = VectorReading.ItemsOf(answer.Body)
            .Select(item => VectorReading.Of(answer, item, asBytes, areOther)).ToList();
        return vectors.Count == (request.Texts?.Count ?? 1) || vectors.Count > 0 && request.HasExtra("input")
            ? vectors
            : throw answer.Broken($"{vectors.Count} vectors, which is not one per text");
    }
}
