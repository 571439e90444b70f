using System.Net.Mime;
using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.Middleware;
using MassTransit.Serialization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>
/// A delivery of a job inside the process. Nothing is sent or published through it.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="queue">The address of its operation's queue.</param>
/// <param name="headers">The headers of its message.</param>
/// <param name="stopped">Ends the delivery.</param>
sealed class DirectDelivery(JobRequest job, Uri queue, Headers headers, CancellationToken stopped)
    : BasePipeContext(stopped), ReceiveContext
{
    public JobRequest Job => job;

    public MessageBody Body => field ??= new Written(job);

    public Uri InputAddress => queue;

    public Headers TransportHeaders => headers;

    public ContentType ContentType => SystemTextJsonRawMessageSerializer.JsonContentType;

    public ISendEndpointProvider SendEndpointProvider => null!;

    public IPublishEndpointProvider PublishEndpointProvider => null!;

    public TimeSpan ElapsedTime => TimeSpan.Zero;

    public bool Redelivered => false;

    public bool IsDelivered => false;

    public bool IsFaulted => false;

    public bool PublishFaults => false;

    public Task ReceiveCompleted => Task.CompletedTask;

    public void AddReceiveTask(Task task)
    {
    }

    public Task NotifyConsumed<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class =>
        Task.CompletedTask;

    public Task NotifyFaulted<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType,
        Exception exception) where T : class => Task.CompletedTask;

    public Task NotifyFaulted(Exception exception) => Task.CompletedTask;

    sealed class Written(JobRequest job) : MessageBody
    {
        byte[] Bytes => field ??= JsonSerializer.SerializeToUtf8Bytes(job, job.GetType(), BusJson.Options);

        public long? Length => Bytes.Length;

        public byte[] GetBytes() => Bytes;

        public Stream GetStream() => new MemoryStream(Bytes, writable: false);

        public string GetString() => Encoding.UTF8.GetString(Bytes);
    }
}
