namespace OpenAIWorker.Bench.Limits;

/// <summary>
/// What is measured. The measures after <see cref="P95"/> are in the last column, if a scenario has them.
/// </summary>
enum Measure
{
    /// <summary>From the first accepted call to the last.</summary>
    Seconds,

    /// <summary>Accepted ÷ (limit × time). Of two limits, the one that was used more.</summary>
    Utilisation,

    /// <summary>The same over the middle 80 % of the time.</summary>
    SteadyUtilisation,

    /// <summary>429s per 1,000 accepted calls.</summary>
    Denied,

    /// <summary>The same without the first 10 seconds.</summary>
    SteadyDenied,

    /// <summary>How often an ended job had waited, on average.</summary>
    Parks,

    /// <summary>Seconds from publishing to ending, of the unlimited model's jobs.</summary>
    P95,

    /// <summary><see cref="P95"/> ÷ that of the same jobs alone.</summary>
    P95Ratio,

    /// <summary><see cref="P95"/> without the jobs of the first 10 seconds.</summary>
    SteadyP95,

    /// <summary><see cref="SteadyP95"/> ÷ that of the same jobs alone.</summary>
    SteadyP95Ratio,

    /// <summary>Jain's index over the jobs of each tenant that ended while all had a backlog.</summary>
    Fairness,

    /// <summary>
    /// The time until 99 of 100 tenants had their first ending ÷ the time that as many calls take at the limit.
    /// </summary>
    FirstRound,

    /// <summary>Jain's index over tenants ÷ the index of perfect turns, at the minute with the lowest value.</summary>
    EvenAtEveryMinute,

    /// <summary>What the tenant with a weight got ÷ what each of the others got.</summary>
    Heavier,

    /// <summary>How often a job had waited by the end of the measurement, on average over all jobs.</summary>
    ParksOfAll,

    /// <summary>The largest peak memory of a worker, in bytes.</summary>
    Memory,

    /// <summary>Jobs without an ending when the time was up.</summary>
    NotEnded,

    /// <summary>Jobs that failed.</summary>
    Failed,
}
