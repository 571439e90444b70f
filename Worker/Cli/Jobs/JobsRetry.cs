using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Jobs;

/// <summary>Sends failed jobs again, from the dead-letter queues or from the stored requests.</summary>
static class JobsRetry
{
    public static async Task<int> Run(IReadOnlyList<string> settings, JobDesk desk, IReadOnlyList<string> ids,
        string? tenant, CancellationToken cancellation)
    {
        var known = (await desk.Records.Find(ids, tenant, cancellation)).ToLookup(record => record.Key.Id);
        var isGood = true;
        await using var box = await NamedBroker.DeadLetters(settings, cancellation);
        foreach (var id in ids.Distinct())
        {
            var (isSent, says) = known[id].Count() > 1
                ? (false, $"{id} is a job of {known[id].Count()} tenants. Name one: --tenant NAME.")
                : await Retry(desk, box, id, known[id].FirstOrDefault(), cancellation);
            isGood &= isSent;
            if (isSent)
                Told.Out(PlainText.Line(says));
            else
                Told.Error(PlainText.Line(says));
        }
        return isGood ? ExitCodes.Success : ExitCodes.Failed;
    }

    static async Task<(bool IsSent, string Says)> Retry(JobDesk desk, DeadLetterQueues box, string id,
        JobRecord? record, CancellationToken cancellation)
    {
        if (record is null)
            return (false, JobsRun.None(id));
        if (record.State == JobStates.Completed)
            return (false, $"{id} is completed. To run it once more, send it with a new id.");
        if (record.State != JobStates.Failed)
            return (false, $"{id} has not ended: it is {record.State}.");
        await foreach (var letter in box.Read(new(record.Operation, null, null, id, null, null)
        {
            Tenant = record.Key.Tenant
        }, TimeProvider.System.GetUtcNow(), cancellation))
        {
            await box.Replay(letter, cancellation);
            return (true, $"{id} was sent again.");
        }
        if ((await desk.Records.Find(id, record.Key.Tenant, cancellation)).FirstOrDefault()?.Request is { } request)
        {
            await box.Send(record.Operation, id, desk.Cipher.Open(record.Key, request), cancellation);
            return (true, $"{id} was sent again, from its record.");
        }
        return (false,
            $"The message of {id} is in no dead-letter queue of {record.Operation} any more: it was replayed or "
                + "dropped, and no request is kept (Records:Keep=Everything). Send the job again with a new id.");
    }
}
