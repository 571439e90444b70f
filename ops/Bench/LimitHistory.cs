using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Bench;

/// <summary>Which limit was in force at which time.</summary>
sealed class LimitHistory
{
    readonly List<(DateTimeOffset Since, RateLimit Limit)> changes = [];

    public void Changed(DateTimeOffset since, RateLimit limit) => changes.Add((since, limit));

    /// <summary>
    /// What the limit would have admitted in this time, without the burst at its start. Null: there was no such limit.
    /// </summary>
    public double? Allowed(Func<RateLimit, int?> perMinute, DateTimeOffset from, DateTimeOffset to) =>
        changes.Index().Sum(change =>
            perMinute(change.Item.Limit) * Overlap(change.Item.Since, EndOf(change.Index), from,
                to).TotalMinutes) is > 0 and var all ? all : null;

    DateTimeOffset EndOf(int index) => index + 1 < changes.Count ? changes[index + 1].Since : DateTimeOffset.MaxValue;

    static TimeSpan Overlap(DateTimeOffset since, DateTimeOffset until, DateTimeOffset from, DateTimeOffset to)
    {
        var begin = since > from ? since : from;
        var end = until < to ? until : to;
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
