using System.Globalization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Payloads;

/// <summary>The failures of inputs and payloads.</summary>
static class PayloadFailures
{
    public static FailureException Invalid(string member, string says) =>
        new(Failure.Invalid(member, $"{member} {says}"));

    public static FailureException TooLarge(string member, long most, long? length = null) =>
        Invalid(member, length is null
        ? $"has more than {most} bytes, which is the limit."
        : $"has {length} bytes; allowed: up to {most}.");

    public static FailureException Gone(string member, string id, TimeSpan keepFor)
    {
        var says =
            $"Payload '{id}' is not in the worker's store: nothing was stored with this id, or it was deleted after "
                + $"{InWords(keepFor)} (Payloads:KeepFor). Store it (worker payload put FILE), and send the job "
                + "again.";
        return new(new(FailureKind.Permanent, FailureCodes.NotFound, says, Remedy.Sender) { Member = member });
    }

    public static FailureException Unreachable(string member, string says, Exception? inner = null)
    {
        var failure = new Failure(FailureKind.Transient, FailureCodes.Unreachable,
            $"{member} could not be downloaded: {says}");
        return new(failure with { Member = member }, inner);
    }

    static string InWords(TimeSpan time) => time.TotalDays >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#} days")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h");
}
