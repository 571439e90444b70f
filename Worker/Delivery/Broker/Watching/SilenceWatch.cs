using System.Net.Sockets;

namespace OpenAIWorker.Delivery.Broker.Watching;

/// <summary>
/// Closes the socket of a silent peer: one that accepted the connection and does nothing more, or that was cut off
/// without notice. The RabbitMQ client waits for the first answer without a time limit. Because of heartbeats, a live
/// broker is never silent for that long.
/// </summary>
sealed class SilenceWatch : IDisposable
{
    /// <summary>Twice the requested heartbeat.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // A live broker sends its greeting at once.
    static readonly TimeSpan BeforeFirst = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    readonly Socket socket;
    readonly TimeProvider clock;
    readonly ITimer timer;
    long last;
    volatile bool hasSpoken;

    public SilenceWatch(Socket socket, TimeProvider clock)
    {
        (this.socket, this.clock, last) = (socket, clock, clock.GetTimestamp());
        timer = clock.CreateTimer(static watch => ((SilenceWatch)watch!).Look(), this, Every, Every);
    }

    /// <summary>Data arrived.</summary>
    public void Heard()
    {
        Volatile.Write(ref last, clock.GetTimestamp());
        hasSpoken = true;
    }

    public void Dispose() => timer.Dispose();

    void Look()
    {
        if (clock.GetElapsedTime(Volatile.Read(ref last)) <= (hasSpoken ? Longest : BeforeFirst))
            return;
        timer.Dispose();
        // Reading and writing then throw, as if the peer had disconnected.
        socket.Dispose();
    }
}
