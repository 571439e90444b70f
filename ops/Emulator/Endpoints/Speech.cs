using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

static class Speech
{
    public static readonly ApiEndpoint[] Endpoints =
    [
        new("POST", "/v1/audio/speech") { Request = SpeechRequest.Shape, Prompt = SpeechRequest.Prompt,
            Answer = Create },
    ];

    static Answer Create(ApiCall call)
    {
        var (type, bytes) = Sounds.Of(call.Body.Text("response_format"));
        return new(200, bytes, type);
    }
}
