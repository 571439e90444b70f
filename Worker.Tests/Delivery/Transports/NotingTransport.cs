using System.Collections.Concurrent;
using MassTransit;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Tests.Delivery.Transports;

/// <summary>The real transport, which records the headers with which jobs enter the delay ladder.</summary>
sealed class NotingTransport(ITransport inner, ConcurrentQueue<JobHeaders> delayed) : PassingTransport(inner)
{
    public override Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay)
    {
        delayed.Enqueue(headers);
        return base.Delay(context, job, headers, delay);
    }
}
