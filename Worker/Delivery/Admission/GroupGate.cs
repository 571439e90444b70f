using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// The first gate: lets the record know how the job ends, whichever gate stops it, and refuses a group that can never
/// complete.
/// </summary>
sealed class GroupGate(JobRecords records) : IJobGate
{
    static readonly Failure NoRecords = new(FailureKind.Permanent, FailureCodes.InvalidRequest,
        "group cannot be used here: this worker keeps no records, so it cannot know when the group has "
            + "ended. Set Records:Keep to Endings on all workers, or leave out group.", Remedy.Operator)
    { Member = "group" };

    public ValueTask<Verdict?> Ask(Arrival arrival)
    {
        records.Note(arrival.Context, arrival.Job);
        return new(Problem(arrival.Job.Request.Group) is { } problem ? new Verdict.Refuse(problem) : null);
    }

    Failure? Problem(JobGroup? group) => group is null ? null
        : records.AreKept ? CommonCheck.Problem(group)
        : NoRecords;
}
