using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery;

/// <summary>Why there is no connection, of several nodes' reasons the one that somebody has to mend.</summary>
/// <param name="Says">In a sentence.</param>
/// <param name="IsForGood">Whether waiting does not help.</param>
sealed record BrokerRefusal(string Says, bool IsForGood)
{
    public static BrokerRefusal Of(Exception failure, BrokerOptions broker)
    {
        var causes = Causes(failure).ToList();
        if (causes.OfType<CertificateRefusedException>().FirstOrDefault() is { } certificate)
            return new(certificate.Message, true);
        if (causes.OfType<AuthenticationFailureException>().FirstOrDefault() is { } user)
            return new($"The broker refuses the user of Broker:Uri: {user.Message}", true);
        return new(Passing(causes, broker), false);
    }

    static string Passing(List<Exception> causes, BrokerOptions broker)
    {
        if (causes.OfType<OperationInterruptedException>().FirstOrDefault() is { } closed)
            return closed.Message;
        if (causes.OfType<TimeoutException>().Any() && causes.OfType<ConnectFailureException>().Any())
            return $"Nobody answers at {BrokerNodes.Shown(broker)}.";
        if (causes.OfType<TimeoutException>().Any())
            return $"{BrokerNodes.Shown(broker)} does not speak AMQP. Where the port is one for TLS, begin Broker:Uri with amqps://.";
        // What is refused inside TLS is said by the system's own library, in words that no type tells apart; or the broker just hangs up.
        if (new Uri(broker.Uri!).Scheme == "amqps" && BreaksOff(causes[^1]))
            return $"{BrokerNodes.Shown(broker)} breaks off in TLS: {causes[^1].Message.TrimEnd('.')}. A broker that asks for a certificate wants one in Broker:CertificateFile that its own authorities signed (now {Given(broker.CertificateFile)}); a port without TLS wants amqp:// in Broker:Uri.";
        return causes[^1].Message;
    }

    static bool BreaksOff(Exception cause) => cause
        is IOException or AuthenticationException or SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown }
        || cause.GetType().Name.Contains("Ssl", StringComparison.Ordinal);

    static string Given(string? setting) => string.IsNullOrEmpty(setting) ? "none" : setting;

    static IEnumerable<Exception> Causes(Exception failure) => failure switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Causes),
        { InnerException: { } inner } => Causes(inner).Prepend(failure),
        _ => [failure],
    };
}
