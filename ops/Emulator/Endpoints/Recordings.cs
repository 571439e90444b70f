using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

static class Recordings
{
    public static readonly ApiEndpoint[] Endpoints =
    [
        new("POST", "/v1/audio/transcriptions")
        {
            Form = RecordingRequest.Transcription,
            Prompt = RecordingRequest.Prompt,
            Answer = call => TranscriptAnswer.Of(call, "transcribe"),
        },
        new("POST", "/v1/audio/translations")
        {
            Form = RecordingRequest.Translation,
            Prompt = RecordingRequest.Prompt,
            Answer = call => TranscriptAnswer.Of(call, "translate"),
        },
    ];
}
