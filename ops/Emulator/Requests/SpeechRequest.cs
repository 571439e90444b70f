using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

static class SpeechRequest
{
    const int MostCharacters = 4_096;

    static readonly Shape Voice = Choice("alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage",
        "shimmer", "verse", "marin", "cedar");

    public static readonly Shape Shape = Record(
        Required("model", CommonFields.Model),
        Required("input", Text(min: 1, MostCharacters)),
        Required("voice", OneOf(Voice, Record(Required("id", Text(min: 1))))),
        Optional("instructions", Text(max: MostCharacters)),
        Optional("response_format", Choice("mp3", "opus", "aac", "flac", "wav", "pcm")),
        Optional("speed", Number(0.25, 4)),
        Optional("stream_format", Choice("sse", "audio")))
        .Where(body => body.Is("stream_format", "sse") ? CommonFields.Streams("stream_format") : null);

    public static Prompt Prompt(JsonElement body)
    {
        var reader = new PromptReader();
        reader.HearUser(body.Member("input"));
        reader.Hear(body.Text("instructions"));
        return reader.Finish();
    }
}
