using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Window.Jobs;

namespace OpenAIWorker.Web.Window.Failures;

/// <summary>
/// Sends failed jobs again and discards them: by their messages in the dead-letter queues, or, in a worker without a
/// broker, by the requests in its records.
/// </summary>
sealed class FailureWork(IOptions<BrokerOptions> broker, QueueNames topology, TopologyDeclaration declaration,
    RecordSearch search, ContentCipher cipher, JobSender sender, TimeProvider clock)
{
    const int PageLength = 200;

    // As many per second as the verb sends.
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    readonly Lock guard = new();
    FailureProgress? progress;

    /// <summary>The current or last action; null: none yet.</summary>
    public FailureProgress? Progress => Volatile.Read(ref progress);

    /// <summary>Starts an action, unless another one is running. It continues if the visitor leaves.</summary>
    public bool Begin(bool isReplay, JobFilter which)
    {
        lock (guard)
        {
            if (Progress is { IsOver: false })
                return false;
            Tell(new(isReplay, which));
        }
        _ = Run(isReplay, which);
        return true;
    }

    /// <summary>Sends one job again. Returns a sentence if that is impossible.</summary>
    public async Task<string?> Again(WholeRecord job, CancellationToken cancellation)
    {
        if (broker.Value.IsEmbedded)
            return await Resend(job, cancellation) ? null
                : "Its request is not kept (Records:Keep is not Everything), so it cannot be sent again from here.";
        await using var box = await DeadLetterQueues.Open(broker.Value, topology, declaration, clock, cancellation);
        await foreach (var letter in box.Read(Of(job.Record), clock.GetUtcNow(), cancellation))
        {
            await box.Replay(letter, cancellation);
            return null;
        }
        return $"Its message is no longer in the dead-letter queue of {job.Record.Operation}: it was sent again or "
            + "discarded. Edit it and send it with a new id.";
    }

    /// <summary>The message of a failed job whose request is not recorded; null: there is none any more.</summary>
    public async Task<byte[]?> Message(JobRecord job, CancellationToken cancellation)
    {
        if (broker.Value.IsEmbedded || job.State != JobStates.Failed)
            return null;
        await using var box = await DeadLetterQueues.Open(broker.Value, topology, declaration, clock, cancellation);
        await foreach (var letter in box.Read(Of(job), clock.GetUtcNow(), cancellation))
            return letter.Body.ToArray();
        return null;
    }

    static DeadLetterFilter Of(JobRecord job) =>
        new(job.Operation, null, null, job.Key.Id, null, null) { Tenant = job.Key.Tenant };

    async Task Run(bool isReplay, JobFilter which)
    {
        try
        {
            if (broker.Value.IsEmbedded)
                await ByRecords(isReplay, which);
            else
                await ByLetters(isReplay, which);
            Tell(Progress! with { IsOver = true });
        }
        catch (Exception broken)
        {
            Tell(Progress! with
            {
                IsOver = true,
                Why = PageDesk.Explain(broken) ?? "An error of the worker itself. Its log has the details.",
            });
        }
    }

    async Task ByLetters(bool isReplay, JobFilter which)
    {
        await using var box = await DeadLetterQueues.Open(broker.Value, topology, declaration, clock, default);
        var filter = new DeadLetterFilter(which.Operation, which.Code, which.Model, null, null, null)
        {
            Tenant = which.Tenant
        };
        Tell(Progress! with { Total = await box.Count(filter, default) });
        await foreach (var letter in box.Read(filter, clock.GetUtcNow(), default,
            () => Tell(Progress! with { Looked = Progress.Looked + 1 })))
        {
            if (isReplay)
            {
                await box.Replay(letter, default);
                await Task.Delay(Pace, clock);
            }
            else
            {
                await box.Drop(letter, default);
                await Forget(letter);
            }
            Tell(Progress! with { Done = Progress.Done + 1 });
        }
    }

    async Task ByRecords(bool isReplay, JobFilter which)
    {
        var until = clock.GetUtcNow();
        for (JobMark? after = null; ;)
        {
            var page = await search.List(which with { After = after }, PageLength, default);
            foreach (var record in page.Where(record => record.EndedAt <= until))
            {
                if (!isReplay)
                    await search.Purge(Purge(record.Key), default);
                var isDone = !isReplay
                    || (await search.Find(record.Key.Id, record.Key.Tenant, default)).FirstOrDefault() is { } whole
                        && await Resend(whole, default);
                Tell(Progress! with
                {
                    Total = Progress.Total + 1,
                    Looked = Progress.Looked + 1,
                    Done = Progress.Done + (isDone ? 1 : 0),
                });
            }
            if (page.Count < PageLength)
                return;
            after = new(page[^1].ReceivedAt, page[^1].Key.Id);
        }
    }

    // A discarded job no longer counts as a failure.
    async Task Forget(DeadLetter letter)
    {
        foreach (var record in (await search.Find([letter.JobId], letter.Tenant, default))
            .Where(record => record.State == JobStates.Failed && record.Operation == letter.Operation))
            await search.Purge(Purge(record.Key), default);
    }

    async Task<bool> Resend(WholeRecord job, CancellationToken cancellation)
    {
        if (JobContent.Of(job.Record.Key, JobContent.Request, job.Request, cipher) is not { Root: { } root }
            || OperationCatalog.Named(job.Record.Operation) is not { } operation)
            return false;
        await sender.Send(JobReading.Read(operation, root) with { JobId = job.Record.Key.Id }, null,
            Guid.NewGuid().ToString(), clock.GetUtcNow(), cancellation);
        return true;
    }

    static JobPurge Purge(JobKey job) => new(job.Id, job.Tenant);

    void Tell(FailureProgress now) => Volatile.Write(ref progress, now);
}

/// <summary>The progress of sending jobs again or discarding them.</summary>
/// <param name="IsReplay">Whether jobs are sent again; else they are discarded.</param>
/// <param name="Which">The jobs.</param>
sealed record FailureProgress(bool IsReplay, JobFilter Which)
{
    /// <summary>Messages to check.</summary>
    public long Total { get; init; }

    /// <summary>Messages that were checked.</summary>
    public long Looked { get; init; }

    /// <summary>Messages that were sent again or discarded.</summary>
    public long Done { get; init; }

    public bool IsOver { get; init; }

    /// <summary>Why it ended early; null: it did not.</summary>
    public string? Why { get; init; }
}
