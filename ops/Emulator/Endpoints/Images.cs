using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

static class Images
{
    public static readonly ApiEndpoint[] Endpoints =
    [
        new("POST", "/v1/images/generations")
        {
            Request = ImageRequest.Generation,
            DefaultModel = ImageRequest.DefaultModel,
            Prompt = ImageRequest.Prompt,
            Answer = ImageAnswer.Of,
        },
        new("POST", "/v1/images/edits")
        {
            Form = ImageRequest.Edit,
            Request = ImageRequest.JsonEdit,
            DefaultModel = ImageRequest.DefaultModel,
            Prompt = ImageRequest.Prompt,
            Answer = ImageAnswer.Of,
        },
    ];
}
