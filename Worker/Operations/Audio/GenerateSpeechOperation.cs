using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Audio;

/// <summary><c>POST /audio/speech</c></summary>
sealed class GenerateSpeechOperation(OpenAIClients openAI, ClaimChecks payloads) : IOperation<GenerateSpeech, SpeechGenerated>
{
    const string UsualFormat = "mp3";

    public async Task<SpeechGenerated> Run(GenerateSpeech request, CancellationToken cancellation)
    {
        Check(request);

        await payloads.Ready(cancellation);
        await using var sound = await openAI.Of(request).Open("POST", "audio/speech", Body(request).ToContent(), cancellation);
        var name = $"speech.{request.ResponseFormat ?? UsualFormat}";
        var audio = await InHand.Take(await sound.Bytes(cancellation), TypeOf(sound, name), name, cancellation);
        if (audio.Length == 0)
            throw sound.Broken("an empty body");

        return await Keeping.Of(async (isLast, token) => new SpeechGenerated { RequestId = sound.RequestId, Audio = await payloads.Keep(audio, isLast, token) });
    }

    // Where the type speaks of words, and the bytes are none, the type is wrong.
    static string TypeOf(StreamedResponse sound, string name) =>
        (sound.IsJson || sound.IsText ? null : sound.MediaType) ?? ContentTypes.OfName(name) ?? ContentTypes.Unknown;

    static void Check(GenerateSpeech request)
    {
        Model(request, request.Model, "gpt-4o-mini-tts");
        Needed("text", !string.IsNullOrEmpty(request.Text) || request.HasExtra("input"), "say what is to be read out.");
        Needed("voice", !string.IsNullOrWhiteSpace(request.Voice) || request.HasExtra("voice"), "name one, such as alloy.");
    }

    static JsonBody Body(GenerateSpeech request) => new(request)
    {
        { "model", request.Model },
        { "input", request.Text },
        { "voice", request.Voice },
        { "instructions", request.Instructions },
        { "response_format", request.ResponseFormat },
        { "speed", request.Speed },
    };
}
