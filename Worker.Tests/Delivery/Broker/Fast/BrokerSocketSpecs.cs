using System.Net;
using System.Net.Sockets;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Broker.Fast;
using OpenAIWorker.Delivery.Transports;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Broker.Fast;

/// <summary>The writing side of a connection to the broker, with a peer that reads when the test says so.</summary>
public sealed class BrokerSocketSpecs : IAsyncLifetime
{
    const int Piece = 16 * 1024;

    // Far more than the buffers of both sockets.
    const int Many = 64 * 1024 * 1024 / Piece;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    Socket broker = null!;
    NetworkStream stream = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = BrokerSocket.Open(AddressFamily.InterNetwork, tls: null);
        await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port, Cancellation);
        broker = await listener.AcceptAsync(Cancellation);
        stream = client.GetStream();
    }

    public async ValueTask DisposeAsync()
    {
        broker.Dispose();
        listener.Dispose();
        await End();
    }

    [Fact]
    public void Every_factory_of_connections_is_given_it()
    {
        var factory = new ConnectionFactory();
        BrokerConnection.Apply(new BrokerOptions { Uri = "amqp://localhost" }, factory);

        using var made = factory.SocketFactory(AddressFamily.InterNetwork);

        Assert.IsType<BrokerSocket>(made);
    }

    [Fact]
    public async Task Frames_arrive_whole_and_in_order()
    {
        var written = new byte[3_000_000];
        new Random(1).NextBytes(written);
        var received = Received();

        // From one byte to a megabyte.
        for (var (from, length) = (0, 1); from < written.Length; from += length, length = (length * 3) % 1_048_573)
            await stream.WriteAsync(written.AsMemory(from, Math.Min(length, written.Length - from)), Cancellation);
        await End();

        Assert.Equal(written, await received);
    }

    [Fact]
    public async Task What_is_pending_at_the_end_is_sent()
    {
        var (_, pieces) = await WriteUntilHeldUp();

        var end = End();
        Assert.Equal((pieces + 1) * Piece, (await Received()).Length);
        await end;
    }

    [Fact]
    public async Task A_broker_that_does_not_read_holds_up_the_writer_and_one_that_reads_again_lets_it_go_on()
    {
        var (writing, pieces) = await WriteUntilHeldUp();

        Assert.InRange(pieces, 1, Many - 1);
        var received = Received();
        await writing.WaitAsync(Patience, Cancellation);
        await End();
        Assert.Equal((pieces + 1) * Piece, (await received).Length);
    }

    [Fact]
    public async Task A_broker_that_does_not_read_does_not_hold_up_the_end()
    {
        await WriteUntilHeldUp();

        await stream.DisposeAsync().AsTask().WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task A_broken_connection_is_told_to_a_waiting_writer()
    {
        var (writing, _) = await WriteUntilHeldUp();

        Break();

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await writing.WaitAsync(Patience, Cancellation);
            await WriteMany();
        });
    }

    [Fact]
    public async Task A_broken_connection_is_told_to_the_next_writer()
    {
        Break();

        await Assert.ThrowsAsync<IOException>(WriteMany);
    }

    [Fact]
    public async Task Nothing_overtakes_what_is_pending()
    {
        await stream.WriteAsync("first, "u8.ToArray(), Cancellation);
        stream.Write("second, "u8);
        stream.Write("third"u8.ToArray(), 0, 5);
        await End();

        Assert.Equal("first, second, third"u8.ToArray(), await Received());
    }

    async Task WriteMany()
    {
        for (var piece = 0; piece < Many; piece++)
            await stream.WriteAsync(new byte[Piece], Cancellation).AsTask().WaitAsync(Patience, Cancellation);
    }

    // With a reset, like a killed broker.
    void Break()
    {
        broker.LingerState = new(true, 0);
        broker.Close();
    }

    // The last write, which does not complete, and the number of completed ones before it.
    async Task<(Task Writing, int Pieces)> WriteUntilHeldUp()
    {
        for (var pieces = 0; pieces < Many; pieces++)
        {
            var writing = stream.WriteAsync(new byte[Piece], Cancellation).AsTask();
            if (await Task.WhenAny(writing, Task.Delay(TimeSpan.FromSeconds(1), Cancellation)) != writing)
                return (writing, pieces);
        }
        return (Task.CompletedTask, Many);
    }

    async Task End()
    {
        await stream.DisposeAsync();
        stream.Socket.Dispose();
    }

    async Task<byte[]> Received()
    {
        var received = new MemoryStream();
        await using var reading = new NetworkStream(broker);
        await reading.CopyToAsync(received, Cancellation).WaitAsync(Patience, Cancellation);
        return received.ToArray();
    }
}
