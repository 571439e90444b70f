using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// The exchange to which jobs are published: durable, direct, without arguments, as clients declare it. It may be
/// declared first by a client or by the worker.
/// </summary>
static class JobsEntrance
{
    // The properties of a direct exchange that would make it unusable: the broker names the first one that differs, and
    // arguments after them.
    static readonly string[] Decisive = ["'type'", "'durable'", "'auto_delete'", "'internal'"];

    /// <summary>
    /// An exchange with arguments, such as one of an earlier version or with an alternate exchange of its owner, is
    /// accepted as it is.
    /// </summary>
    public static async Task Declare(IConnection connection, string name, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            await Declare(channel, name, cancellation);
        }
        catch (OperationInterruptedException other)
            when (other.ShutdownReason is { ReplyCode: Constants.PreconditionFailed } reason
                && !Array.Exists(Decisive, reason.ReplyText.Contains))
        {
            // Jobs can still be published to it.
        }
    }

    public static Task Declare(IChannel channel, string name, CancellationToken cancellation) =>
        channel.ExchangeDeclareAsync(name, ExchangeType.Direct, durable: true, cancellationToken: cancellation);
}
