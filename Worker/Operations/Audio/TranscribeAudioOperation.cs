using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Audio;

/// <summary><c>POST /audio/transcriptions</c></summary>
sealed class TranscribeAudioOperation(OpenAIClients openAI, ClaimChecks payloads)
    : IOperation<TranscribeAudio, AudioTranscribed>
{
    const string WithTimestamps = "verbose_json";

    public async Task<AudioTranscribed> Run(TranscribeAudio request, CancellationToken cancellation)
    {
        Check(request);

        var voices = await payloads.OpenVoices(request.KnownSpeakers, cancellation);
        await using var audio = await payloads.OpenAudio(request.Audio, cancellation);
        var heard = await openAI.Of(request)
            .Hear("audio/transcriptions", Body(request, voices, audio), request.ResponseFormat, cancellation);

        var result = new AudioTranscribed { RequestId = heard.RequestId, Usage = heard.Usage };
        return heard.Json is { } raw && request.Simplify == false
            ? result with { Raw = raw }
            : Simplified(result, heard);
    }

    static void Check(TranscribeAudio request)
    {
        Recordings.Check(request, request.Audio, request.Model);
        Never("languages", request.Languages is not null && request.Language is not null,
            "cannot be combined with language. Put all of them into languages.");
        Never("chunkingStrategy",
            request.ChunkingStrategy is { ValueKind: not (JsonValueKind.String or JsonValueKind.Object) },
            $"is {request.ChunkingStrategy?.GetRawText()}; allowed: auto, and an object such as {{\"type\": "
                + $"\"server_vad\"}}.");
        Never("logprobs", request is { Logprobs: true, ResponseFormat: not (null or "json") },
            "need the responseFormat json. Set it, or leave them out.");
        Never("timestamps", request.Timestamps is not null && request.ResponseFormat != WithTimestamps
            && !request.HasExtra("response_format"),
            $"need the responseFormat {WithTimestamps}. Set it, or leave them out.");
    }

    static MultipartBody Body(TranscribeAudio request, IReadOnlyList<string> voices, Payload audio) => new(request)
    {
        { "model", request.Model },
        { "language", request.Language },
        { "languages[]", request.Languages },
        { "keywords[]", request.Keywords },
        { "known_speaker_names[]", request.KnownSpeakers?.Select(speaker => speaker.Name) },
        { "known_speaker_references[]", voices },
        { "chunking_strategy", request.ChunkingStrategy },
        { "include[]", request.Logprobs == true ? ["logprobs"] : (IEnumerable<string>?)null },
        { "prompt", request.Prompt },
        { "response_format", request.ResponseFormat },
        { "timestamp_granularities[]", request.Timestamps },
        { "temperature", request.Temperature },
        { "file", audio.Content, audio.FileName, audio.ContentType, audio.Length },
    };

    static AudioTranscribed Simplified(AudioTranscribed common, Transcript heard)
    {
        var segments = heard.Segments;
        var speakers = segments?.Select(segment => segment.Speaker).OfType<string>().Distinct().ToList();
        return common with
        {
            Text = heard.Text,
            Language = heard.Language,
            DurationSeconds = heard.DurationSeconds,
            Segments = segments,
            Words = heard.Words,
            Logprobs = heard.Json?.Member("logprobs"),
            Speakers = speakers is { Count: > 0 } ? speakers : null,
        };
    }
}
