using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Audio;

/// <summary><c>POST /audio/translations</c></summary>
sealed class TranslateAudioOperation(OpenAIClients openAI, ClaimChecks payloads)
    : IOperation<TranslateAudio, AudioTranslated>
{
    public async Task<AudioTranslated> Run(TranslateAudio request, CancellationToken cancellation)
    {
        Recordings.Check(request, request.Audio, request.Model);

        await using var audio = await payloads.OpenAudio(request.Audio, cancellation);
        var heard = await openAI.Of(request)
            .Hear("audio/translations", Body(request, audio), request.ResponseFormat, cancellation);

        var result = new AudioTranslated { RequestId = heard.RequestId, Usage = heard.Usage };
        return heard.Json is { } raw && request.Simplify == false
            ? result with { Raw = raw }
            : Simplified(result, heard);
    }

    static MultipartBody Body(TranslateAudio request, Payload audio) => new(request)
    {
        { "model", request.Model },
        { "prompt", request.Prompt },
        { "response_format", request.ResponseFormat },
        { "temperature", request.Temperature },
        { "file", audio.Content, audio.FileName, audio.ContentType, audio.Length },
    };

    static AudioTranslated Simplified(AudioTranslated common, Transcript heard) =>
        common with
        {
            Text = heard.Text,
            Language = heard.Language,
            DurationSeconds = heard.DurationSeconds,
            Segments = heard.Segments
        };
}
