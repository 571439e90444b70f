using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

static class Embeddings
{
    public static readonly ApiEndpoint[] Endpoints =
    [
        new("POST", "/v1/embeddings") { Request = EmbeddingRequest.Shape, Prompt = SeveralInputs.Prompt,
            Answer = Create },
    ];

    static Answer Create(ApiCall call)
    {
        var dimensions = call.Body.Member("dimensions")?.GetInt32() ?? Vectors.UsualDimensions;
        return Answer.Json(json => EmbeddingAnswer.Write(
            json, call.Model, SeveralInputs.Of(call.Body), dimensions, call.Body.Is("encoding_format", "base64"),
            call.Prompt.Tokens));
    }
}
