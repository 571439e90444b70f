using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Settings;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Checks existence by passive declaration, which needs the right to read; declaring needs the right to configure.
/// </summary>
static class PassiveDeclaration
{
    public static Task<bool> OfQueues(IConnection connection, IEnumerable<string> queues,
        CancellationToken cancellation) => Of(connection, async channel =>
    {
        foreach (var queue in queues)
            await channel.QueueDeclarePassiveAsync(queue, cancellation);
    }, cancellation);

    public static Task<bool> OfExchange(IConnection connection, string exchange, CancellationToken cancellation) =>
        Of(connection, channel => channel.ExchangeDeclarePassiveAsync(exchange, cancellation), cancellation);

    /// <summary>Declares everything, on a broker that no worker has used yet.</summary>
    public static Task Declare(IConnection connection, TopologyDeclaration declaration, BrokerOptions broker,
        CancellationToken cancellation) =>
        Permitted(async () =>
        {
            await declaration.Declare(connection, broker.Quorum, cancellation);
            return true;
        });

    public static async Task Declare(IConnection connection, Func<IChannel, Task> declare,
        CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        await Permitted(async () =>
        {
            await declare(channel);
            return true;
        });
    }

    /// <exception cref="SettingsException">The user lacks the right.</exception>
    public static async Task<T> Permitted<T>(Func<Task<T>> deed)
    {
        try
        {
            return await deed();
        }
        catch (OperationInterruptedException refused)
            when (refused.ShutdownReason is
            {
                ReplyCode: Constants.ResourceLocked or Constants.PreconditionFailed
                or Constants.NotAllowed
            } reason)
        {
            throw new SettingsException(
                [
                    $"The broker refuses a queue or exchange of this worker: {BrokerWords.Of(reason.ReplyText)}. "
                        + "Delete it, or choose another Broker:Prefix."]);
        }
        catch (OperationInterruptedException refused)
            when (refused.ShutdownReason is { ReplyCode: Constants.AccessRefused } reason)
        {
            throw new SettingsException(
                [
                    $"The broker does not allow this to the user of Broker:Uri: {BrokerWords.Of(reason.ReplyText)}. "
                        + "docs/production.md lists what each user needs; missing queues are declared by the "
                        + "first worker."]);
        }
    }

    // A missing queue or exchange closes the channel.
    static async Task<bool> Of(IConnection connection, Func<IChannel, Task> look, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            return await Permitted(async () =>
            {
                await look(channel);
                return true;
            });
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason is { ReplyCode: Constants.NotFound })
        {
            return false;
        }
    }
}
