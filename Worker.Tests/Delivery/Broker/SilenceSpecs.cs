using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Broker.Fast;
using OpenAIWorker.Delivery.Broker.Watching;

namespace OpenAIWorker.Tests.Delivery.Broker;

/// <summary>A peer that accepts the connection and stays silent, at first or later.</summary>
public sealed class SilenceSpecs : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly FakeTimeProvider clock = new();
    readonly TcpListener peer = new(IPAddress.Loopback, 0);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SilenceSpecs() => peer.Start();

    [Fact]
    public async Task One_that_never_speaks_is_left()
    {
        var (stream, _) = await Connect();
        var read = stream.ReadAsync(new byte[1], Cancellation).AsTask();

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(read.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(4));

        await Assert.ThrowsAnyAsync<Exception>(() => read.WaitAsync(Patience, Cancellation));
    }

    [Fact]
    public async Task One_that_falls_silent_is_left_after_two_heartbeats()
    {
        var (stream, accepted) = await Connect();
        await accepted.SendAsync(new byte[1], Cancellation);
        await stream.ReadExactlyAsync(new byte[1], Cancellation);
        var read = stream.ReadAsync(new byte[1], Cancellation).AsTask();

        clock.Advance(SilenceWatch.Longest - TimeSpan.FromSeconds(1));
        Assert.False(read.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(4));

        await Assert.ThrowsAnyAsync<Exception>(() => read.WaitAsync(Patience, Cancellation));
    }

    [Fact]
    public async Task One_that_speaks_now_and_then_is_kept()
    {
        var (stream, accepted) = await Connect();

        for (var heartbeats = 0; heartbeats < 20; heartbeats++)
        {
            await accepted.SendAsync(new byte[1], Cancellation);
            await stream.ReadExactlyAsync(new byte[1], Cancellation);
            clock.Advance(SilenceWatch.Longest / 2);
        }

        await accepted.SendAsync(new byte[1], Cancellation);
        Assert.Equal(1, await stream.ReadAsync(new byte[1], Cancellation));
    }

    [Fact]
    public async Task A_connection_to_one_is_given_up_in_a_sentence()
    {
        var away = await Assert.ThrowsAsync<BrokerUnavailableException>(() =>
            BrokerConnection.Open(new() { Uri = $"amqp://127.0.0.1:{((IPEndPoint)peer.LocalEndpoint).Port}" }, "test",
                Cancellation).WaitAsync(Patience, Cancellation));

        Assert.False(away.Refusal.IsForGood);
    }

    public void Dispose() => peer.Dispose();

    async Task<(NetworkStream Stream, Socket Accepted)> Connect()
    {
        var client = new BrokerSocket(new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), tls: null,
            clock);
        await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)peer.LocalEndpoint).Port, Cancellation);
        return (client.GetStream(), await peer.AcceptSocketAsync(Cancellation));
    }
}
