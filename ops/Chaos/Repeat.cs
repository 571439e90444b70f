using OpenAIWorker.Emulator.Billing;

namespace OpenAIWorker.Chaos;

/// <summary>Why a second call was billed.</summary>
enum RepeatCause
{
    /// <summary>The first call's worker was killed while the provider worked on it.</summary>
    KilledDuringTheCall,

    /// <summary>The provider took the first call and never answered it.</summary>
    NeverAnswered,

    /// <summary>
    /// Its worker was killed, or the database was down, after the answer and before it was safe. It is safe after the
    /// commit, or without records after the acknowledgement.
    /// </summary>
    AnswerLost,

    /// <summary>The job's delivery was lost with a connection or a broker, while its first call continued.</summary>
    DeliveryLost,

    /// <summary>None of these.</summary>
    Other,
}

/// <summary>A second billed call of a job, and its cause.</summary>
/// <param name="Job">The job of both calls.</param>
/// <param name="Cause">Why.</param>
/// <param name="Disturbance">The disturbance in which the first call, its answer, or the job's delivery was
/// lost.</param>
sealed record Repeat(string Job, RepeatCause Cause, Disturbance? Disturbance)
{
    /// <param name="billed">All billed calls.</param>
    /// <param name="disturbances">The disturbances.</param>
    /// <param name="timeout">The longest that a call may take.</param>
    /// <param name="committed">When each job's ending was committed; null where no records are kept.</param>
    public static IEnumerable<Repeat> In(IReadOnlyList<ReceivedCall> billed, IReadOnlyList<Disturbance> disturbances,
        TimeSpan timeout, IReadOnlyDictionary<string, DateTimeOffset>? committed) =>
        from job in billed.GroupBy(call => call.Job)
        let calls = job.OrderBy(call => call.ReceivedAt).ToList()
        from pair in calls.Zip(calls.Skip(1))
        let met = disturbances.Where(disturbance => disturbance.Meets(pair.First.ReceivedAt, timeout)
            && disturbance.At <= pair.Second.ReceivedAt).ToList()
        let isLate = committed is not null
            && committed.TryGetValue(job.Key, out var ended) && ended < pair.Second.ReceivedAt
        select isLate ? new Repeat(job.Key, RepeatCause.Other, null)
            : Of(job.Key, pair.First, pair.First.Status == 0
                || pair.First.AnsweredAt - pair.First.ReceivedAt >= timeout, met, isRecorded: committed is not null);

    static Repeat Of(string job, ReceivedCall first, bool isUnanswered, List<Disturbance> met, bool isRecorded)
    {
        var kill = met.Find(disturbance => disturbance.Victim is not null
            && disturbance.Victim == first.Headers.GetValueOrDefault("OpenAI-Organization"));
        if (kill is not null)
            return new(job, isUnanswered || first.AnsweredAt > kill.Until
                ? RepeatCause.KilledDuringTheCall
                : RepeatCause.AnswerLost, kill);
        if (isUnanswered)
            return new(job, RepeatCause.NeverAnswered, null);
        if (isRecorded && met.Find(disturbance => disturbance.IsOfDatabase) is { } down)
            return new(job, RepeatCause.AnswerLost, down);
        return met.Find(disturbance => disturbance.Victim is null) is { } cut
            ? new(job, RepeatCause.DeliveryLost, cut)
            : new(job, RepeatCause.Other, null);
    }
}
