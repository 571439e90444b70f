using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Transports;
using PublishException = RabbitMQ.Client.Exceptions.PublishException;

namespace OpenAIWorker.Tests.Delivery.Transports;

/// <summary>
/// The real transport, which fails at the first endings of each job for a reason that is not the broker's. Their number
/// is in the job's id, after the last dash.
/// </summary>
sealed class FailingTransport(ITransport inner) : PassingTransport(inner)
{
    readonly ConcurrentDictionary<string, int> tried = new();

    /// <summary>Whether the dead-letter queues accept nothing.</summary>
    public bool RefusesLetters { get; init; }

    public override Task DeadLetter(ReceiveContext context, OperationFailed failed, string tenant) =>
        RefusesLetters ? throw new PublishException(1, isReturn: false) : base.DeadLetter(context, failed, tenant);

    public override Task Publish(ReceiveContext context, OutgoingEvent happened)
    {
        var job = JsonElement.Parse(happened.Body).GetProperty("jobId").GetString()!;
        if (!happened.IsEnding || !int.TryParse(job[(job.LastIndexOf('-') + 1)..], out var failures)
            || tried.AddOrUpdate(job, 1, (_, before) => before + 1) > failures)
            return base.Publish(context, happened);
        throw new InvalidOperationException($"The ending of {job} cannot be written.");
    }
}
