using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Limits;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;
using OpenAIWorker.Web.Door;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>Sends the jobs of batches, tracks them and cancels them.</summary>
sealed class BatchJobs(JobSender sender, JobCancels cancels, LineRecords records, EndingSearch endings,
    EndingTail tail, IOptions<BrokerOptions> broker, IOptionsMonitor<LimitsOptions> limits)
{
    const string BatchKey = "batch";
    const string IdKey = "custom_id";

    /// <summary>Whether waiting jobs are lost with the process that holds them.</summary>
    public bool AreInProcess => broker.Value.IsEmbedded;

    /// <summary>The largest line that fits into a message.</summary>
    public int LargestLine => broker.Value.LargestMessage - 4096;

    /// <summary>Sends a line's job, which has the same id each time.</summary>
    /// <param name="batch">The batch, which is the job's group.</param>
    /// <param name="line">The line.</param>
    /// <param name="all">How many jobs the batch has.</param>
    /// <param name="cancellation">Stops the wait.</param>
    public Task Send(ApiBatch batch, BatchLine line, int all, CancellationToken cancellation)
    {
        var metadata = new Dictionary<string, string> { [BatchKey] = batch.Id, [IdKey] = line.CustomId! };
        if (batch.Tenant.Length > 0 && limits.CurrentValue.Tenant is { Length: > 0 } key)
            metadata[key] = batch.Tenant;
        return sender.Send(line.Request! with { Metadata = metadata, Group = new() { Id = batch.Id, Size = all } },
            null, null, again: null, cancellation);
    }

    public Task Cancel(ApiBatch batch, CancellationToken cancellation) =>
        cancels.Send(new() { Group = batch.Id }, cancellation);

    /// <summary>Updates the states of some lines.</summary>
    public async Task Look(ApiBatch batch, IEnumerable<int> lines, LineStates states, CancellationToken cancellation)
    {
        foreach (var some in lines.Chunk(LineRecords.AtOnce))
        {
            var byId = some.ToDictionary(line => BatchLines.JobIdOf(batch.Id, line));
            foreach (var (id, state) in await records.Of([.. byId.Keys], batch.Tenant, cancellation))
                states.Set(byId[id], Of(state));
        }
    }

    /// <summary>The endings of those lines that have ended.</summary>
    public async Task<Dictionary<int, EndedJob>> Ended(ApiBatch batch, IEnumerable<int> lines,
        CancellationToken cancellation)
    {
        var byKey = lines.ToDictionary(line => new JobKey(BatchLines.JobIdOf(batch.Id, line), batch.Tenant));
        return (await endings.Of(byKey.Keys, cancellation))
            .ToDictionary(ended => byKey[ended.Record.Key], tail.Open);
    }

    static LineState Of(string state) => state switch
    {
        JobStates.Completed => LineState.Completed,
        JobStates.Failed => LineState.Failed,
        JobStates.Running => LineState.Running,
        _ => LineState.Open,
    };
}
