using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Why a job failed or waits, for a log, which must not hold anything of a prompt or an answer: the whole sentence where the worker wrote it from
/// nothing of the request, else the member at fault and the provider's own word for the error.
/// </summary>
static partial class LoggedReason
{
    static readonly FrozenSet<string> OwnSentences = new[]
    {
        FailureCodes.Unreachable, FailureCodes.Timeout, FailureCodes.DeadlineExceeded, FailureCodes.WaitedTooLong, FailureCodes.Cancelled,
        FailureCodes.Poison, FailureCodes.StoreUnavailable, FailureCodes.StoreRefused,
    }.ToFrozenSet();

    /// <summary>Begins with the code.</summary>
    public static string Of(string code, string message, string? member, UpstreamError? error)
    {
        if (OwnSentences.Contains(code))
            return $"{code}: {PlainText.Name(message)}";
        var details = new[] { member is { Length: > 0 } ? $"member {PlainText.Name(member)}" : null, WordOf(error) }.Where(detail => detail is not null).ToList();
        return details.Count > 0 ? $"{code} ({string.Join(", ", details)})" : code;
    }

    static string? WordOf(UpstreamError? error) =>
        new[] { error?.Code, error?.Type }.FirstOrDefault(word => word is not null && Word.IsMatch(word)) is { } told ? $"the provider says {told}" : null;

    // What has digits or spaces may be anything.
    [GeneratedRegex(@"\A[a-z][a-z_]{0,39}\z")]
    static partial Regex Word { get; }
}
