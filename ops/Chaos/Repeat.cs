using OpenAIWorker.Emulator.Billing;

namespace OpenAIWorker.Chaos;

/// <summary>A second billed call of a job, and why there had to be one.</summary>
/// <param name="Cause">The disturbance in which the first call, or its job's delivery, was lost.</param>
/// <param name="Hung">The provider took the first call and never answered it.</param>
sealed record Repeat(string Job, Disturbance? Cause, bool Hung)
{
    public static IEnumerable<Repeat> In(IReadOnlyList<ReceivedCall> billed, IReadOnlyList<Disturbance> disturbances,
        TimeSpan timeout) =>
        from job in billed.GroupBy(call => call.Job)
        let calls = job.OrderBy(call => call.ReceivedAt).ToList()
        from pair in calls.Zip(calls.Skip(1))
        let during = disturbances.Where(disturbance => disturbance.Meets(pair.First.ReceivedAt, timeout)).ToList()
        // Its maker was killed while it ran, or before what it came to was safe in the broker.
        let kill = during.Find(disturbance => disturbance.Victim is not null
            && disturbance.Victim == pair.First.Headers.GetValueOrDefault("OpenAI-Organization"))
        let hung = kill is null && pair.First.Status == 0
        // A delivery that its worker lost with the connection may come up at another one.
        select new Repeat(job.Key, kill ?? (hung ? null : during.Find(disturbance => disturbance.Victim is null)),
            hung);
}
