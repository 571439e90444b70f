using OpenAIWorker.Contracts;

namespace OpenAIWorker.Limits.Estimates;

/// <summary>
/// Estimates the tokens of recordings: ten per second (OpenAI's guide to speech), with the bytes per second of an MP3
/// of usual quality.
/// </summary>
static class AudioTokens
{
    const double EachSecond = 10;
    const double BytesASecond = 16_000;
    const double Base64 = 0.75;

    public static double In(BinaryInput? audio) =>
        (audio?.Payload?.Length ?? (audio?.Base64?.Length ?? 0) * Base64) / BytesASecond * EachSecond;
}
