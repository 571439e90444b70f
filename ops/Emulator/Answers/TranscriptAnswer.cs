using System.Text;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>A transcript in the requested format.</summary>
static class TranscriptAnswer
{
    public static Answer Of(ApiCall call, string task) => call.Body.Text("response_format") switch
    {
        "text" => Plain(Transcript.Text + "\n"),
        "srt" => Plain(Transcript.Srt),
        "vtt" => Plain(Transcript.Vtt),
        RecordingRequest.Verbose => Json(call, json => WriteDetails(json, call, task)),
        RecordingRequest.Diarized => Json(call, json => WriteSpeakers(json, task)),
        _ => Json(call, _ => { }),
    };

    static Answer Plain(string text) => new(200, Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");

    static Answer Json(ApiCall call, Action<Utf8JsonWriter> writeMore) => Answer.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("text", Transcript.Text);
        writeMore(json);
        WriteUsage(json, call);
        json.WriteEndObject();
    });

    static void WriteDetails(Utf8JsonWriter json, ApiCall call, string task)
    {
        json.WriteString("task", task);
        json.WriteString("language", "english");
        json.WriteNumber("duration", Transcript.Duration);
        if (Wants(call, "word"))
        {
            WriteWords(json);
        }

        if (call.Body.Member("timestamp_granularities") is null || Wants(call, "segment"))
        {
            WriteSegments(json);
        }
    }

    static void WriteSpeakers(Utf8JsonWriter json, string task)
    {
        json.WriteString("task", task);
        json.WriteNumber("duration", Transcript.Duration);
        json.WriteStartArray("segments");
        foreach (var (speaker, text, start, end) in Transcript.Segments)
        {
            json.WriteStartObject();
            json.WriteString("type", "transcript.text.segment");
            json.WriteString("id", NewId.Of("seg_"));
            json.WriteString("speaker", speaker);
            WriteSpan(json, "text", text, start, end);
        }

        json.WriteEndArray();
    }

    static void WriteWords(Utf8JsonWriter json)
    {
        json.WriteStartArray("words");
        foreach (var (word, start, end) in Transcript.Words)
        {
            json.WriteStartObject();
            WriteSpan(json, "word", word, start, end);
        }

        json.WriteEndArray();
    }

    static void WriteSegments(Utf8JsonWriter json)
    {
        json.WriteStartArray("segments");
        foreach (var (index, (_, text, start, end)) in Transcript.Segments.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("id", index);
            json.WriteNumber("seek", 0);
            json.WriteNumber("temperature", 0);
            json.WriteNumber("avg_logprob", -0.25);
            json.WriteNumber("compression_ratio", 1.1);
            json.WriteNumber("no_speech_prob", 0.01);
            WriteSpan(json, "text", text, start, end);
        }

        json.WriteEndArray();
    }

    // Writes the rest of an object that was begun.
    static void WriteSpan(Utf8JsonWriter json, string name, string text, double start, double end)
    {
        json.WriteString(name, text);
        json.WriteNumber("start", start);
        json.WriteNumber("end", end);
        json.WriteEndObject();
    }

    // The old model counts seconds; the newer ones count tokens.
    static void WriteUsage(Utf8JsonWriter json, ApiCall call)
    {
        json.WriteStartObject("usage");
        if (call.Model.StartsWith("whisper", StringComparison.Ordinal))
        {
            json.WriteString("type", "duration");
            json.WriteNumber("seconds", (int)Math.Ceiling(Transcript.Duration));
        }
        else
        {
            WriteTokens(json, call.Prompt.Tokens, (int)(Transcript.Duration * 10), Tokens.In(Transcript.Text.Length));
        }

        json.WriteEndObject();
    }

    static void WriteTokens(Utf8JsonWriter json, int text, int audio, int output)
    {
        json.WriteString("type", "tokens");
        json.WriteNumber("input_tokens", text + audio);
        json.WriteStartObject("input_token_details");
        json.WriteNumber("text_tokens", text);
        json.WriteNumber("audio_tokens", audio);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", output);
        json.WriteNumber("total_tokens", text + audio + output);
    }

    static bool Wants(ApiCall call, string granularity) =>
        call.Body.Items("timestamp_granularities").Any(item => item.ValueEquals(granularity));
}
