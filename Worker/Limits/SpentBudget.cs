using OpenAIWorker.Limits.Estimates;

namespace OpenAIWorker.Limits;

/// <summary>
/// What the calls of this process have used of a limit. Not thread-safe: its <see cref="LimitGroup"/> locks.
/// </summary>
sealed class SpentBudget(DateTimeOffset begun)
{
    const int SlotsOfMinute = 12;
    const int MinutesOfHour = 60;
    static readonly TimeSpan Slot = TimeSpan.FromSeconds(5);

    readonly Lately requests = new(Slot, SlotsOfMinute);
    readonly Lately tokens = new(Slot, SlotsOfMinute);
    readonly Lately refused = new(TimeSpan.FromMinutes(1), MinutesOfHour);
    Spending totalAtLastQuery;
    DateTimeOffset lastQuery = begun;

    /// <summary>All of it, since the start.</summary>
    public Spending Total { get; private set; }

    /// <summary>A call begins. A negative amount: it was not made.</summary>
    public void Add(Spending spending, DateTimeOffset now)
    {
        Total += spending;
        requests.Add(spending.Requests, now);
        tokens.Add(spending.Tokens, now);
    }

    /// <summary>The provider refused a call.</summary>
    public void Refuse(DateTimeOffset now) => refused.Add(1, now);

    public LimitUse Recent(DateTimeOffset now) => new(requests.Sum(now), tokens.Sum(now), refused.Sum(now));

    /// <summary>What was used since the last query, and in how much time.</summary>
    public (Spending Spent, TimeSpan Time) SinceLastQuery(DateTimeOffset now)
    {
        var since = (Total - totalAtLastQuery, now - lastQuery);
        (totalAtLastQuery, lastQuery) = (Total, now);
        return since;
    }
}
