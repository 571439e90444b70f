using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Audio;

/// <summary>What transcription and translation of recordings share.</summary>
static class Recordings
{
    // A rule of OpenAI's service: https://platform.openai.com/docs/guides/speech-to-text
    const long MostBytes = 25 * 1024 * 1024;

    // 10 seconds of WAV at the highest quality.
    const long MostSampleBytes = 4 * 1024 * 1024;

    public static void Check(JobRequest request, BinaryInput? audio, string? model)
    {
        Needed("audio", audio is not null, "give its url, base64 or payload.");
        Model(request, model, "whisper-1");
    }

    public static Task<Payload> OpenAudio(this ClaimChecks payloads, BinaryInput? audio,
        CancellationToken cancellation) =>
        payloads.Open("audio", audio!, MostBytes, cancellation);

    /// <summary>
    /// Samples of voices in the API's form, as data: addresses. A speaker without a sample would break the order of the
    /// others.
    /// </summary>
    public static async Task<IReadOnlyList<string>> OpenVoices(this ClaimChecks payloads,
        IReadOnlyList<KnownSpeaker>? speakers, CancellationToken cancellation)
    {
        var voices = new List<string>();
        foreach (var (index, speaker) in (speakers ?? []).Index())
        {
            var here = $"knownSpeakers[{index}].sample";
            if (speaker.Sample is not { } sample)
                continue;
            await using var voice = await payloads.Open(here, sample, MostSampleBytes, cancellation);
            voices.Add(await voice.ToDataUrl(cancellation));
        }
        Never("knownSpeakers", voices.Count > 0 && voices.Count < speakers!.Count,
            "do not all have samples. Give a sample for each of them, or for none.");
        return voices;
    }

    /// <summary>
    /// Sends a recording. An answer in the formats <c>text</c>, <c>srt</c> and <c>vtt</c> is not JSON.
    /// </summary>
    public static async Task<Transcript> Hear(this OpenAICalls calls, string path, MultipartBody body, string? format,
        CancellationToken cancellation)
    {
        await using var answer = await calls.Open("POST", path, body, cancellation);
        var isText = format is "text" or "srt" or "vtt";
        return Transcript.Of(answer, await answer.Whole(cancellation, endsWithJson: !isText || answer.IsJson), isText);
    }
}
