using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>Why there is no connection. With several nodes, the reason that an operator must solve.</summary>
/// <param name="Says">As a sentence.</param>
/// <param name="IsForGood">Whether waiting does not help.</param>
sealed record BrokerConnectionFailure(string Says, bool IsForGood)
{
    public static BrokerConnectionFailure Of(Exception failure, BrokerOptions broker)
    {
        var causes = Causes(failure).ToList();
        if (causes.OfType<CertificateRefusedException>().FirstOrDefault() is { } certificate)
            return new(certificate.Message, true);
        if (causes.OfType<AuthenticationFailureException>().FirstOrDefault() is { } user)
            return new($"The broker refuses the user of Broker:Uri: {BrokerWords.Of(user.Message)}", true);
        if (causes.OfType<OperationInterruptedException>().Select(closed => closed.ShutdownReason)
            .FirstOrDefault(IsOfVirtualHost) is { } host)
            return new(
                $"The broker refuses the virtual host at the end of Broker:Uri: {BrokerWords.Of(host.ReplyText)}. "
                    + "Create it (rabbitmqctl add_vhost), let the user in (rabbitmqctl set_permissions), or name "
                    + "another.", true);
        return new(Passing(causes, broker), false);
    }

    /// <summary>
    /// Whether the broker or the network caused it. A client that writes while its connection is being closed finds
    /// its own buffer closed.
    /// </summary>
    public static bool IsOfBroker(Exception failure) =>
        failure is RabbitMQClientException or BrokerUnreachableException or ConnectionException
            or ChannelClosedException;

    /// <summary>
    /// Whether a channel was closed because of a queue, an exchange, or the user's rights to it, so that waiting does
    /// not help.
    /// </summary>
    public static bool IsOfObject(ShutdownEventArgs? reason) => reason is
    {
        ReplyCode: Constants.AccessRefused or Constants.NotFound or Constants.ResourceLocked
            or Constants.PreconditionFailed or Constants.NotAllowed or Constants.NotImplemented
            or Constants.CommandInvalid
    };

    // A broker that has reached its connection limit says the same in other words.
    static bool IsOfVirtualHost(ShutdownEventArgs? reason) =>
        reason is
        {
            ReplyCode: Constants.NotAllowed or Constants.AccessRefused or Constants.InvalidPath,
            ReplyText: var text
        }
        && (text.Contains("not found", StringComparison.Ordinal)
            || text.Contains("refused for user", StringComparison.Ordinal));

    static string Passing(List<Exception> causes, BrokerOptions broker)
    {
        if (causes.OfType<OperationInterruptedException>().FirstOrDefault() is { } closed)
            return $"{BrokerNodes.Shown(broker)} says: "
                + $"{(closed.ShutdownReason is { } reason ? BrokerWords.Of(reason.ReplyText) : closed.Message)}";
        if (causes.OfType<TimeoutException>().Any() && causes.OfType<ConnectFailureException>().Any())
            return $"No broker answers at {BrokerNodes.Shown(broker)}.";
        if (causes.OfType<TimeoutException>().Any())
            return $"{BrokerNodes.Shown(broker)} does not speak AMQP. If the port is for TLS, begin "
                + "Broker:Uri with amqps://.";
        // The client's own timeout ended the handshake.
        if (causes.Any(cause => cause is OperationCanceledException
            or SocketException { SocketErrorCode: SocketError.OperationAborted }))
            return $"{BrokerNodes.Shown(broker)} accepts connections but does not answer. It may still be starting.";
        // For refusals inside TLS the system's library has its own words and no types to distinguish them; or the
        // broker just disconnects.
        if (new Uri(broker.Uri!).Scheme == "amqps" && BreaksOff(causes[^1]))
            return $"{BrokerNodes.Shown(broker)} breaks the connection during TLS: {causes[^1].Message.TrimEnd('.')}. "
                + "A broker that requires a certificate needs one in Broker:CertificateFile that its own authorities "
                + $"signed (now {Given(broker.CertificateFile)}); a port without TLS needs amqp:// in Broker:Uri.";
        return $"{BrokerNodes.Shown(broker)}: {causes[^1].Message}";
    }

    static bool BreaksOff(Exception cause) => cause
        is IOException or AuthenticationException
            or SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown }
        || cause.GetType().Name.Contains("Ssl", StringComparison.Ordinal);

    static string Given(string? setting) => string.IsNullOrEmpty(setting) ? "none" : setting;

    static IEnumerable<Exception> Causes(Exception failure) => failure switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Causes),
        { InnerException: { } inner } => Causes(inner).Prepend(failure),
        _ => [failure],
    };
}
