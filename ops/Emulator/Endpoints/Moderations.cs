using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

static class Moderations
{
    public static readonly ApiEndpoint[] Endpoints =
    [
        new("POST", "/v1/moderations")
        {
            Request = ModerationRequest.Shape,
            DefaultModel = ModerationRequest.DefaultModel,
            Prompt = SeveralInputs.Prompt,
            Answer = Create,
        },
    ];

    static Answer Create(ApiCall call) =>
        Answer.Json(json => ModerationAnswer.Write(json, call.Model, SeveralInputs.Of(call.Body)));
}
