using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Audio;

/// <summary><c>POST /audio/transcriptions</c></summary>
sealed partial class TranscribeAudioOperation(OpenAIClients openAI, ClaimChecks payloads) : IOperation<TranscribeAudio, AudioTranscribed>
{
    const string WithTimestamps = "verbose_json";

    public async Task<AudioTranscribed> Run(TranscribeAudio request, CancellationToken cancellation)
    {
        Check(request);

        await using var audio = await payloads.OpenAudio(request.Audio, cancellation);
        var heard = await openAI.Of(request).Hear("audio/transcriptions", Body(request, audio), request.ResponseFormat, cancellation);

        var result = new AudioTranscribed { RequestId = heard.RequestId, Usage = heard.Usage };
        return heard.Json is { } raw && request.Simplify == false ? result with { Raw = raw } : Simplified(result, heard);
    }

    static void Check(TranscribeAudio request)
    {
        Recordings.Check(request, request.Audio, request.Model, request.Temperature);
        Never("language", request.Language is { } language && !Language.IsMatch(language),
            $"is '{request.Language}', allowed are codes of ISO 639-1, such as fi.");
        OneOf("responseFormat", request.ResponseFormat, "json", "text", "srt", "vtt", WithTimestamps, "diarized_json");
        foreach (var (index, timestamp) in (request.Timestamps ?? []).Index())
            OneOf($"timestamps[{index}]", timestamp ?? "null", "word", "segment");
        Never("timestamps", request.Timestamps is not null && request.ResponseFormat != WithTimestamps && !request.HasExtra("response_format"),
            $"come with the responseFormat {WithTimestamps} only. Set it, or leave them out.");
    }

    static MultipartBody Body(TranscribeAudio request, Payload audio) => new(request)
    {
        { "model", request.Model },
        { "language", request.Language },
        { "prompt", request.Prompt },
        { "response_format", request.ResponseFormat },
        { "timestamp_granularities[]", request.Timestamps },
        { "temperature", request.Temperature },
        { "file", audio.Content, audio.FileName, audio.ContentType, audio.Length },
    };

    static AudioTranscribed Simplified(AudioTranscribed common, Heard heard)
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
            Speakers = speakers is { Count: > 0 } ? speakers : null,
        };
    }

    [GeneratedRegex("^[a-zA-Z]{2,3}$")]
    static partial Regex Language { get; }
}
