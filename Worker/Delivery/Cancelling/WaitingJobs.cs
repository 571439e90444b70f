using System.Text;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// Jobs that wait in the broker, in a lane or in the delay ladder. When one is cancelled or its time ends, one worker
/// publishes its ending at once (<see cref="WaitingEndings"/>), whichever worker let it wait. When the job is delivered
/// later, it gets no second ending.
/// </summary>
sealed class WaitingJobs(WaitBook book, WaitStream stream, JobRecords records, ITransport transport,
    IOptions<DeliveryOptions> options, TimeProvider clock)
{
    // The ending of a larger job is published when it is delivered: in memory it would displace many others.
    const int Largest = 64 * 1024;

    // A worker whose note does not return in time continues: while the stream is unavailable, other workers publish no
    // endings either.
    static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(15);
    static readonly TimeSpan GivenBackWithin = TimeSpan.FromSeconds(2);

    // After this time, the worker that was about to publish the ending is assumed to have died.
    static readonly TimeSpan ToldWithin = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>The broker has confirmed the job where it waits.</summary>
    public void Add(ReceiveContext context, Job job, JobHeaders headers)
    {
        if (NoteOf(WaitStep.Waits, context, job, headers) is { } note)
            stream.Write(note);
    }

    /// <summary>The job returns to where it waited. Must be awaited before it does.</summary>
    /// <param name="context">Its delivery.</param>
    /// <param name="job">The job.</param>
    /// <param name="isToldOf">Whether to tell other workers that it waits there again: it was not called, and they can
    /// be reached.</param>
    public async Task GiveBack(ReceiveContext context, Job job, bool isToldOf)
    {
        records.LetGo(context);
        if (!isToldOf || !IsKnown(job) || NoteOf(WaitStep.WaitsAgain, context, job, job.Again) is not { } note)
            return;
        await ((Task)stream.Ask(note).WaitAsync(GivenBackWithin, clock))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The job was delivered. Null: this worker may call it. Else it has ended, or must end.</summary>
    public async Task<CalledOff?> Take(ReceiveContext context, Job job, CancellationToken cancellation)
    {
        if (!IsKnown(job))
            return null;
        var key = KeyOf(context, job.Operation, job.Id, job.Waits, job.FirstSeen);
        var answer = await Answer(new(WaitStep.Taken, key), cancellation);
        if (answer is WaitState.Free)
            return null;
        var since = clock.GetTimestamp();
        while (!book.IsTold(key) && clock.GetElapsedTime(since) < ToldWithin)
            await Task.Delay(Glance, clock, cancellation);
        return new(key, book.IsTold(key));
    }

    /// <summary>A job has ended without being called.</summary>
    public void Forget(ReceiveContext context, string operation, string id, JobHeaders headers)
    {
        if (headers is { Waits: > 0, State: null })
            stream.Write(new(WaitStep.Taken, KeyOf(context, operation, id, headers.Waits, headers.FirstSeen)));
    }

    /// <summary>The ending was published.</summary>
    public void Told(Guid key) => stream.Write(new(WaitStep.Told, key));

    /// <summary>Cancels jobs that wait.</summary>
    public void Cancel(CancelOrder order) => book.Cancel(order);

    async Task<WaitState> Answer(WaitNote note, CancellationToken cancellation)
    {
        try
        {
            return (await stream.Ask(note).WaitAsync(TakenWithin, clock, cancellation)).State;
        }
        catch (TimeoutException)
        {
            return WaitState.Free;
        }
    }

    // No worker has a note of a first attempt. Work at the provider must be ended there, and is delivered soon.
    static bool IsKnown(Job job) => job is { Waits: > 0, State: null };

    WaitNote? NoteOf(WaitStep step, ReceiveContext context, Job job, JobHeaders headers)
    {
        if (headers.State is not null)
            return null;
        var received = transport.Describe(context);
        var failed = OperationFailedEvent.Of(job with { Attempts = Math.Max(1, headers.Failed), Waits = headers.Waits },
            new(FailureKind.Permanent, "", ""), job.Cost.Told(job.Spent), default);
        var told = JsonSerializer.SerializeToUtf8Bytes(new WaitingEnd(failed, received.CorrelationId, received.ReplyTo),
            BusJson.Options);
        if (told.Length > Largest)
            return null;
        var marks = CancelMarks.Of(job);
        return new(step, KeyOf(context, job.Operation, job.Id, headers.Waits, headers.FirstSeen))
        {
            Job = marks.Job,
            Group = marks.Group == Guid.Empty ? null : marks.Group,
            Tenant = marks.Tenant == Guid.Empty ? null : marks.Tenant,
            SentAt = marks.SentAt,
            SentAgain = marks.SentAgain,
            End = RedeliveryPolicy.EndOf(job, options.Value),
            Code = RedeliveryPolicy.AtEnd(job, options.Value).Code,
            Told = JsonElement.Parse(told),
            Size = told.Length,
        };
    }

    // Includes its first sight: a job that is sent again with its old id is another one. The embedded transport
    // serialises a body anew each time.
    Guid KeyOf(ReceiveContext context, string operation, string id, int waits, DateTimeOffset firstSeen) =>
        BodyHash.Of(Encoding.UTF8.GetBytes(
        $"{operation}\n{waits}\n{firstSeen.ToUnixTimeMilliseconds()}"
            + $"\n{(transport.KeepsJobs ? Delivered.Of(context).Body : Guid.Empty)}\n{id}"));
}

/// <summary>A job that must not be called any more.</summary>
/// <param name="Key">Identifies it at this wait.</param>
/// <param name="IsTold">Whether its ending was published.</param>
readonly record struct CalledOff(Guid Key, bool IsTold);
