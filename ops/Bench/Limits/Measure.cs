namespace OpenAIWorker.Bench.Limits;

/// <summary>
/// What is measured. Those after <see cref="P95"/> stand in the last column, where a scenario has them.
/// </summary>
enum Measure
{
    /// <summary>From the first accepted call to the last.</summary>
    Seconds,

    /// <summary>Accepted ÷ (limit × time); of two limits the one that was used more.</summary>
    Utilisation,

    /// <summary>The same over the middle 80 % of the time.</summary>
    SteadyUtilisation,

    /// <summary>429s per 1,000 accepted calls.</summary>
    Denied,

    /// <summary>The same without the first 10 seconds.</summary>
    SteadyDenied,

    /// <summary>How often a job that ended had been put off, on average.</summary>
    Parks,

    /// <summary>Seconds from publishing to ending, of the unlimited model's jobs.</summary>
    P95,

    /// <summary><see cref="P95"/> ÷ that of the same jobs alone.</summary>
    P95Ratio,

    /// <summary><see cref="P95"/> without the jobs of the first 10 seconds.</summary>
    SteadyP95,

    /// <summary><see cref="SteadyP95"/> ÷ that of the same jobs alone.</summary>
    SteadyP95Ratio,

    /// <summary>Jain's index over what each tenant got while all had a backlog.</summary>
    Fairness,

    /// <summary>
    /// Until 99 of 100 tenants had their first ending ÷ the time that as many calls take by the limit.
    /// </summary>
    FirstRound,

    /// <summary>Jain's index over tenants ÷ that of turns in perfect order, at the minute where it was least.</summary>
    EvenAtEveryMinute,

    /// <summary>What the tenant with a weight had ÷ what each of the others had.</summary>
    Heavier,

    /// <summary>How often a job was put off up to the end of the measurement, on average over all jobs.</summary>
    ParksOfAll,

    /// <summary>The greatest peak memory of a worker, in bytes.</summary>
    Memory,

    /// <summary>Jobs without an ending when the time was over.</summary>
    NotEnded,

    /// <summary>Jobs that ended as failures.</summary>
    Failed,
}
