using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Operations;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Observing;

/// <summary>
/// Why a job failed or waits, for a log, which must not contain any part of a prompt or an answer. It is the whole
/// message if the worker wrote it without using the request; otherwise the invalid member and the provider's error
/// code.
/// </summary>
static partial class LoggedReason
{
    static readonly FrozenSet<string> OwnSentences = new[]
    {
        FailureCodes.Unreachable, FailureCodes.Timeout, FailureCodes.DeadlineExceeded, FailureCodes.WaitedTooLong,
            FailureCodes.Cancelled,
        FailureCodes.Poison, FailureCodes.StoreUnavailable, FailureCodes.StoreRefused,
    }.ToFrozenSet();

    // A sender or a provider may write anything as the name of a member.
    static readonly FrozenSet<string> Members = OperationCatalog.All
        .SelectMany(operation => operation.Request.GetProperties())
        .Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name))
        .ToFrozenSet();

    /// <summary>Begins with the code.</summary>
    public static string Of(string code, string message, string? member, UpstreamError? error)
    {
        if (OwnSentences.Contains(code))
            return $"{code}: {PlainText.Name(message.Split(RedeliveryPolicy.Cause)[0])}";
        var details = new[] { MemberOf(member), WordOf(error) }.Where(detail => detail is not null).ToList();
        return details.Count > 0 ? $"{code} ({string.Join(", ", details)})" : code;
    }

    static string? MemberOf(string? path) =>
        path?.Split('.', '[')[0] is { } name && Members.Contains(name) ? $"member {name}" : null;

    static string? WordOf(UpstreamError? error) =>
        new[] { error?.Code, error?.Type }.FirstOrDefault(word => word is not null && Word.IsMatch(word)) is { } told
            ? $"the provider says {told}"
            : null;

    // A text with digits or spaces may contain anything.
    [GeneratedRegex(@"\A[a-z][a-z_]{0,39}\z")]
    static partial Regex Word { get; }
}
