using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// Claims a job in the records. An ended job is answered with its ending; a job that another worker runs waits for it;
/// a job under the id of another request is refused. While the database is away, no job is called, because its ending
/// could not be committed.
/// </summary>
sealed class RecordGate(JobCalls calls, JobRecords records, IOptions<DeliveryOptions> options, TimeProvider clock)
    : IJobGate
{
    // Who has just released a job may not have written this yet.
    const int Glances = 4;
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    public async ValueTask<Verdict?> Ask(Arrival arrival)
    {
        if (records.Note(arrival.Context, arrival.Job) is not { } job)
            return null;
        if (Verdict.Call.Joining(calls.Find(arrival.Job)) is { } joined)
            return joined;
        if (!await Settled(() => Task.FromResult(records.Held.Take(arrival.Context, job, arrival.Job)),
            isTaken => isTaken, arrival.Cancellation))
            return MakeWay(arrival, Shortest);
        try
        {
            return await Settled(() => records.Claim(job).WaitAsync(arrival.Cancellation),
                answer => answer is not ClaimAnswer.Elsewhere, arrival.Cancellation) switch
            {
                ClaimAnswer.Mine { Progress: { } progress } => Continue(arrival, progress),
                ClaimAnswer.Ended ended => new Verdict.Answer(ended),
                ClaimAnswer.Elsewhere elsewhere => MakeWay(arrival, PauseFor(clock.GetUtcNow() - elsewhere.Since)),
                ClaimAnswer.OtherRequest other => Conflict(arrival, job, other),
                ClaimAnswer.OtherSize other => OtherSize(arrival, job, other),
                _ => null,
            };
        }
        catch (FailureException away)
        {
            var waits = away.Failure with { Kind = FailureKind.Throttled, Code = FailureCodes.StoreUnavailable };
            return RedeliveryPolicy.Judge(waits, arrival.Job, clock.GetUtcNow(), Random.Shared.NextDouble(),
                options.Value);
        }
    }

    // This copy of its message is older than its record: it was sent, or delivered, once more.
    static Verdict? Continue(Arrival arrival, byte[] progress)
    {
        arrival.Continue(JobProgress.Of(progress, arrival.Job));
        HeldJobs.Of(arrival.Context)!.Job = arrival.Job;
        return null;
    }

    static Verdict.Yield MakeWay(Arrival arrival, TimeSpan pause)
    {
        arrival.Context.GetOrAddPayload(() => MadeWay.Instance);
        return new(pause);
    }

    // Looks again for a moment.
    async Task<T> Settled<T>(Func<Task<T>> look, Predicate<T> isSettled, CancellationToken cancellation)
    {
        var seen = await look();
        for (var glance = 1; glance < Glances && !isSettled(seen); glance++)
        {
            await Task.Delay(Glance, clock, cancellation);
            seen = await look();
        }
        return seen;
    }

    /// <summary>The longer a job runs elsewhere, the longer it may still take.</summary>
    internal static TimeSpan PauseFor(TimeSpan running) => running / 4 is var pause
        && pause < Shortest ? Shortest : pause < Longest ? pause : Longest;

    static Verdict.Refuse Conflict(Arrival arrival, ClaimedJob job, ClaimAnswer.OtherRequest other)
    {
        arrival.Context.GetOrAddPayload(() => new OtherRequest(job.RequestHash));
        return new(new(FailureKind.Permanent, FailureCodes.JobIdConflict,
            $"Another request has this id: a job of {other.Operation}, whose record is kept. Send this job with a "
                + "different id.", Remedy.Sender)
        { Member = "jobId" });
    }

    static Verdict.Refuse OtherSize(Arrival arrival, ClaimedJob job, ClaimAnswer.OtherSize other)
    {
        JobRecords.LeaveGroup(arrival.Context, job);
        var (group, size) = job.Group!.Value;
        return new(new(FailureKind.Permanent, FailureCodes.InvalidRequest,
            $"group.size is {size}, but the first job of the group {ShownValue.Of(group.Id)} has {other.Size}. Give "
                + "all jobs of a group the same size, or use another group for this job.", Remedy.Sender)
        { Member = "group.size" });
    }
}
