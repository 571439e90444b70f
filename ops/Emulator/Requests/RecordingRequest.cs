using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

static class RecordingRequest
{
    public const string Verbose = "verbose_json";
    public const string Diarized = "diarized_json";

    const long MostBytes = 25 * 1024 * 1024;

    static readonly string[] Endings = ["flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm"];

    static readonly string[] Plain = ["json", "text"];

    public static readonly Shape Transcription = Record(
        Required("file", UploadedFile(MostBytes)),
        Required("model", CommonFields.Model),
        Optional("language", Text(min: 1)),
        Optional("languages", ListOf(Text(min: 1), min: 1)),
        Optional("keywords", ListOf(Text(min: 1))),
        Optional("prompt", Text()),
        Optional("response_format", Choice("json", "text", "srt", Verbose, "vtt", Diarized)),
        Optional("temperature", Spelled(Number(0, 1))),
        Optional("include", ListOf(Choice("logprobs"), min: 1)),
        Optional("timestamp_granularities", ListOf(Choice("word", "segment"), min: 1, max: 2)),
        Optional("chunking_strategy", OneOf(Choice("auto"), Record(
            Required("type", Choice("server_vad")),
            Optional("prefix_padding_ms", Spelled(Integer(min: 0))),
            Optional("silence_duration_ms", Spelled(Integer(min: 0))),
            Optional("threshold", Spelled(Number(0, 1)))))),
        Optional("known_speaker_names", ListOf(Text(min: 1), max: 4)),
        Optional("known_speaker_references", ListOf(Text(min: 1), max: 4)),
        Optional("stream", Spelled(Flag)))
        .Where(WrongEnding, FormatOfAnotherModel, TimestampsWithoutRoom,
            body => body.Is("stream", "true") ? CommonFields.Streams("stream") : null);

    public static readonly Shape Translation = Record(
        Required("file", UploadedFile(MostBytes)),
        Required("model", CommonFields.Model),
        Optional("prompt", Text()),
        Optional("response_format", Choice("json", "text", "srt", Verbose, "vtt")),
        Optional("temperature", Spelled(Number(0, 1))))
        .Where(WrongEnding);

    public static Prompt Prompt(JsonElement body)
    {
        var reader = new PromptReader();
        reader.HearUser(body.Member("prompt"));
        return reader.Finish();
    }

    static Refusal? WrongEnding(JsonElement body)
    {
        var ending = Path.GetExtension(body.GetProperty("file").Text("filename"))!.TrimStart('.');
        return Endings.Contains(ending, StringComparer.OrdinalIgnoreCase)
            ? null
            : new Refusal(null, $"Invalid file format. Supported formats: ['{string.Join("', '", Endings)}']")
            .At("file");
    }

    static Refusal? FormatOfAnotherModel(JsonElement body)
    {
        var (model, format) = (body.Text("model")!, body.Text("response_format") ?? "json");
        var fits = model switch
        {
            _ when Plain.Contains(format) => true,
            _ when model.StartsWith("gpt-4o-transcribe-diarize", StringComparison.Ordinal) => format == Diarized,
            _ when model.StartsWith("gpt-4o-", StringComparison.Ordinal) => false,
            _ => format != Diarized || !model.StartsWith("whisper-", StringComparison.Ordinal),
        };
        return fits ? null : new Refusal("unsupported_value",
            $"{{path}} '{format}' is not compatible with model '{model}'. Use 'json' or 'text' instead.")
                .At("response_format");
    }

    static Refusal? TimestampsWithoutRoom(JsonElement body) =>
        body.Member("timestamp_granularities") is not null && !body.Is("response_format", Verbose)
        ? new Refusal("invalid_value", $"'{{path}}' is only supported with response_format '{Verbose}'.")
        .At("timestamp_granularities")
        : null;
}
