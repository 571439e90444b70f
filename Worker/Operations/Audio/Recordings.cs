using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Audio;

/// <summary>What is common to writing a recording down and translating it.</summary>
static class Recordings
{
    // A rule of OpenAI's service: https://platform.openai.com/docs/guides/speech-to-text
    const long MostBytes = 25 * 1024 * 1024;

    public static void Check(JobRequest request, BinaryInput? audio, string? model, double? temperature)
    {
        Needed("audio", audio is not null, "give its url, base64 or payload.");
        Model(request, model, "whisper-1");
        Range("temperature", temperature, 0, 1);
    }

    public static Task<Payload> OpenAudio(this ClaimChecks payloads, BinaryInput? audio, CancellationToken cancellation) =>
        payloads.Open("audio", audio!, MostBytes, cancellation);

    /// <summary>Sends a recording. An answer of the formats <c>text</c>, <c>srt</c> and <c>vtt</c> is no JSON.</summary>
    public static async Task<Heard> Hear(this OpenAICalls calls, string path, MultipartBody body, string? format, CancellationToken cancellation)
    {
        if (format is not ("text" or "srt" or "vtt"))
            return Heard.InJson(await calls.Send("POST", path, body, cancellation));
        await using var answer = await calls.Open("POST", path, body, cancellation);
        return Heard.InText(answer, await answer.Text(cancellation));
    }
}
