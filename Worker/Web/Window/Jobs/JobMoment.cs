using OpenAIWorker.Contracts;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Window.Overview;
using OpenAIWorker.Web.Window.Parts;

namespace OpenAIWorker.Web.Window.Jobs;

/// <summary>An event in a job's life.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">The CSS class of its colour: good, wait, bad or calm.</param>
/// <param name="Lead">What happened.</param>
/// <param name="Rest">More about it.</param>
sealed record JobMoment(DateTimeOffset At, string Kind, string Lead, string Rest)
{
    // A job that waits for days has more events than anyone reads.
    const int Most = 200;

    public static IReadOnlyList<JobMoment> Of(WholeRecord whole, JobContent? ending, DateTimeOffset now)
    {
        var record = whole.Record;
        // An attempt and the wait that follows it are written at the same moment.
        var steps = whole.Steps.OrderBy(step => step.At).ThenBy(step => step.Kind == JobStep.Wait).ToList();
        List<JobMoment> moments =
            [new(record.ReceivedAt, "", "First seen", " by a worker with this database")];
        foreach (var (index, step) in steps.Index().TakeLast(Most))
            moments.Add(step.Kind == JobStep.Wait
                ? Wait(step, index + 1 < steps.Count ? steps[index + 1].At : null, record, now)
                : new(step.At, "bad", "Failed", $" in an attempt: {step.Reason ?? step.Code}"));
        if (steps.Count > Most)
            moments.Insert(1, new(steps[^Most].At, "soft", Words.Count(steps.Count - Most, "earlier step"),
                " are in the job's JSON"));
        moments.Add(Last(record, ending, now));
        return moments;
    }

    static JobMoment Wait(PastStep step, DateTimeOffset? next, JobRecord record, DateTimeOffset now)
    {
        // The duration of a wait is known when the next event follows.
        var isNow = next is null && record.State == JobStates.Waiting;
        var until = next ?? (step.Until < (record.EndedAt ?? now) ? step.Until : record.EndedAt);
        var why = Why(step, record);
        return isNow
            ? new(step.At, "wait", "Waits", $" {why}")
            : new(step.At, "wait", until is { } end && end > step.At
                ? $"Waited {Words.Long(end - step.At)}"
                : "Waited", $" {why}");
    }

    static string Why(PastStep step, JobRecord record) => step.Code switch
    {
        FailureCodes.RateLimited => $"for the rate limit of {record.Model ?? record.Operation}",
        WaitCodes.CredentialPaused => $"because the credential {record.Credential} was paused",
        WaitCodes.NotBefore => "until its sender's notBefore",
        WaitCodes.Background => "while the provider worked on it",
        WaitCodes.Tools => "for answers of functions",
        WaitCodes.Run => "for a run of the provider's assistants",
        WaitCodes.VectorStore => "while the provider read an assistant's files",
        FailureCodes.StoreUnavailable => "because a store of the workers was unavailable",
        var code => $"before the next attempt after {code}",
    };

    static JobMoment Last(JobRecord record, JobContent? ending, DateTimeOffset now) => record switch
    {
        { State: JobStates.Completed, EndedAt: { } end } => new(end, "good", "Completed",
            $", {Words.Long(end - record.ReceivedAt)} after it was first seen{Called(ending)}"),
        { State: JobStates.Failed, EndedAt: { } end } =>
            new(end, "bad", $"Failed with {record.Code}", record.Reason is { } why ? $": {why}" : ""),
        { State: JobStates.Running } => new(record.ChangedAt, "calm", "Runs",
            $" for {Words.Roughly(now - record.ChangedAt)}, with the credential {record.Credential}"),
        { WaitUntil: { } until } when until > now =>
            new(until, "calm", "Goes on", $" in about {Words.Roughly(until - now)}"),
        _ => new(now, "calm", "Goes on", $" as soon as a worker receives it: {Reason(record)}"),
    };

    static string Called(JobContent? ending) => ending?.Number("durationMs") is { } duration
        ? $"; the call took {Words.Long(TimeSpan.FromMilliseconds(duration))}"
        : "";

    static string Reason(JobRecord record) =>
        WaitReason.Of(record) is var reason ? $"{reason.Before}{reason.Name}{reason.After}" : "";
}
