using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Bench.Limits;

/// <summary>What the emulator received of the limited model's calls.</summary>
sealed class Traffic(IReadOnlyList<ReceivedCall> calls, LimitHistory limits)
{
    const int TooManyRequests = 429;

    readonly IReadOnlyList<ReceivedCall> accepted =
        [.. calls.Where(call => call.IsBilled).OrderBy(call => call.ReceivedAt)];

    public IEnumerable<(Measure Measure, double Value)> Measures()
    {
        if (accepted.Count < 2)
            return [];
        var (first, last) = (accepted[0].ReceivedAt, accepted[^1].ReceivedAt);
        var edge = (last - first) / 10;
        return
        [
            (Measure.Seconds, (last - first).TotalSeconds),
            (Measure.Utilisation, Utilisation(first, last)),
            (Measure.SteadyUtilisation, Utilisation(first + edge, last - edge)),
            (Measure.Denied, Denied(DateTimeOffset.MinValue)),
            (Measure.SteadyDenied, Denied(first + Scenario.Start)),
        ];
    }

    double Utilisation(DateTimeOffset from, DateTimeOffset to)
    {
        IReadOnlyList<ReceivedCall> within =
            [.. accepted.Where(call => call.ReceivedAt >= from && call.ReceivedAt <= to)];
        var requests = within.Count / limits.Allowed(limit => limit.RequestsPerMinute, from, to);
        var tokens = within.Sum(call => (double)call.Charge) / limits.Allowed(limit => limit.TokensPerMinute, from, to);
        return Math.Max(requests ?? 0, tokens ?? 0);
    }

    double Denied(DateTimeOffset from)
    {
        IReadOnlyList<ReceivedCall> within = [.. calls.Where(call => call.ReceivedAt >= from)];
        return 1_000.0 * within.Count(call => call.Status == TooManyRequests) / Math.Max(1,
            within.Count(call => call.IsBilled));
    }
}
