using System.Globalization;

namespace OpenAIWorker.Jobs;

/// <summary>A time in a sentence: complete, with its offset, and without zeros that say nothing.</summary>
static class MomentText
{
    public static string Of(DateTimeOffset? time) =>
        time?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture) ?? "";
}
