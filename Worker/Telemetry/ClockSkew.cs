using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// How far others' clocks differ from this worker's, as their times show: <c>deadline</c>, <c>notBefore</c> and dates
/// in <c>Retry-After</c> are wrong by the same amount. A time proves a difference only if a delay cannot explain it: a
/// message that was sent in the past may just have waited.
/// </summary>
sealed partial class ClockSkew
{
    public const string Provider = "provider";
    public const string Message = "message";

    static readonly TimeSpan Bearable = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    // A date has whole seconds.
    static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, double> seconds = new();
    readonly Dictionary<(string Source, string Whose), long> warned = [];
    readonly TimeProvider clock;
    readonly Log log;

    public ClockSkew(WorkerMeter worker, TimeProvider clock, ILogger<ClockSkew> logger)
    {
        (this.clock, log) = (clock, new(logger));
        worker.Meter.CreateObservableGauge("openai_worker.clock.skew", Measure, "s",
            "How far another clock is ahead of this worker's, as far as its times prove it; negative: behind");
    }

    /// <summary>An answer arrived.</summary>
    /// <param name="server">Its server, as the settings name it.</param>
    /// <param name="date">Its date.</param>
    /// <param name="asked">When the request was sent.</param>
    public void Answered(string server, DateTimeOffset date, DateTimeOffset asked)
    {
        var now = clock.GetUtcNow();
        var ahead = date > now ? date - now : date + Grain < asked ? date + Grain - asked : TimeSpan.Zero;
        if (Note(Provider, server, ahead))
            log.OfProvider(server, ahead.TotalSeconds);
    }

    /// <summary>A message arrived.</summary>
    /// <param name="sent">When it was sent, according to its sender or the broker.</param>
    public void Came(DateTimeOffset sent)
    {
        var ahead = sent - clock.GetUtcNow() is { Ticks: > 0 } much ? much : TimeSpan.Zero;
        if (Note(Message, "", ahead))
            log.OfMessage(ahead.TotalSeconds);
    }

    // Whether it is time to log it.
    bool Note(string source, string whose, TimeSpan ahead)
    {
        seconds[source] = ahead.TotalSeconds;
        if (ahead.Duration() <= Bearable)
            return false;
        var now = clock.GetTimestamp();
        lock (warned)
        {
            if (warned.TryGetValue((source, whose), out var last) && clock.GetElapsedTime(last, now) < Silence)
                return false;
            warned[(source, whose)] = now;
            return true;
        }
    }

    IEnumerable<Measurement<double>> Measure() =>
        seconds.Select(known =>
            new Measurement<double>(known.Value, new KeyValuePair<string, object?>("source", known.Key)));

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(38, LogLevel.Warning,
            "The clock of {Server} is {Seconds:0.0} s ahead of this machine's (negative: behind). Dates in its "
                + "Retry-After are wrong by this amount. Synchronise this machine by NTP")]
        public partial void OfProvider(string server, double seconds);

        [LoggerMessage(39, LogLevel.Warning,
            "A job arrived {Seconds:0.0} s before it was sent: a sender's or the broker's clock is ahead of this "
                + "machine's. Deadlines and notBefore are wrong by this amount. Synchronise all machines by NTP")]
        public partial void OfMessage(double seconds);
    }
}
