using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Streams;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Audio;

/// <summary><c>POST /audio/speech</c></summary>
sealed class GenerateSpeechOperation(OpenAIClients openAI, ClaimChecks payloads)
    : IOperation<GenerateSpeech, SpeechGenerated>
{
    const string UsualFormat = "mp3";

    public async Task<SpeechGenerated> Run(GenerateSpeech request, CancellationToken cancellation)
    {
        Check(request);

        await payloads.Ready(cancellation);
        await using var sound = await openAI.Of(request)
            .Open("POST", "audio/speech", Body(request).ToContent(), cancellation);
        var format = request.ResponseFormat ?? request.Extra?.GetValueOrDefault("response_format").ToString()
            ?? UsualFormat;
        var taken = await InHand.Take(await sound.Bytes(cancellation, MadeSound.InsteadOfBytes),
            ContentTypes.Unknown, "speech", cancellation);
        if (taken.Length == 0)
            throw sound.Broken("an empty body");
        var audio = await Named(taken, sound, format, cancellation);

        return await Keeping.Of(async (isLast, token) =>
            new SpeechGenerated { RequestId = sound.RequestId, Audio = await payloads.Keep(audio, isLast, token) });
    }

    // The bytes show their type best. If the answer's type is text, and the bytes are not, the type is wrong.
    static async Task<InHand> Named(InHand audio, StreamedResponse sound, string format, CancellationToken cancellation)
    {
        const int looked = 1_000;
        var head = new byte[Math.Min(audio.Length, looked)];
        await audio.Read().ReadExactlyAsync(head, cancellation);
        var asked = ContentTypes.OfName($"speech.{format}");
        var told = sound.IsJson || sound.IsText ? null : ContentTypes.Known(sound.MediaType);
        var seen = SoundKinds.Of(head, asked);
        if (seen is null && WordsInstead.IsLongText(head))
            throw sound.Useless(head, $"a body of type {sound.MediaType} that is a text");
        return audio.As(seen ?? told ?? asked ?? ContentTypes.Unknown,
            "speech" + (seen is null || seen == asked ? $".{format}" : ContentTypes.EndingOf(seen) ?? $".{format}"));
    }

    static void Check(GenerateSpeech request)
    {
        Model(request, request.Model, "gpt-4o-mini-tts");
        Needed("text", !string.IsNullOrEmpty(request.Text) || request.HasExtra("input"),
            "give the text to read aloud.");
        Needed("voice", !string.IsNullOrWhiteSpace(request.Voice) || request.HasExtra("voice"),
            "name one, such as alloy.");
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
