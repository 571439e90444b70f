using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Tests.Broker;

static class Amqp
{
    static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    public static Task<IConnection> Connect(Uri uri, CancellationToken cancellation) =>
        new ConnectionFactory { Uri = uri, ClientProvidedName = "worker tests" }.CreateConnectionAsync(cancellation);

    public static Version VersionOf(IConnection connection)
    {
        var text = Encoding.UTF8.GetString((byte[])connection.ServerProperties!["version"]!);
        return Version.Parse(text.Split('-', '+')[0]);
    }

    /// <summary>
    /// A starting server listens before it serves. Only a completed handshake shows that it is ready.
    /// </summary>
    public static async Task UntilItAnswers(Uri uri, CancellationToken cancellation)
    {
        using var attempts = new PeriodicTimer(BetweenAttempts);
        while (!await Answers(uri, cancellation))
            await attempts.WaitForNextTickAsync(cancellation);
    }

    static async Task<bool> Answers(Uri uri, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await Connect(uri, cancellation);
            return true;
        }
        catch (BrokerUnreachableException)
        {
            return false;
        }
    }
}
