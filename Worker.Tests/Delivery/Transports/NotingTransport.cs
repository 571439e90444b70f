using System.Collections.Concurrent;
using MassTransit;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Tests.Delivery.Transports;

/// <summary>The real transport, which notes with which headers jobs go into the delay ladder.</summary>
sealed class NotingTransport(ITransport inner, ConcurrentQueue<JobHeaders> delayed) : PassingTransport(inner)
{
    public override Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay)
    {
        delayed.Enqueue(headers);
        return base.Delay(context, job, headers, delay);
    }
}
