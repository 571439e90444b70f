using System.Net.Sockets;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Running;

/// <summary>
/// A socket that sends what RabbitMQ.Client would not write: it replaces some written bytes by others of the same
/// length.
/// </summary>
sealed class ForgingSocket(Socket socket, byte[] written, byte[] sent) : TcpClientAdapter(socket)
{
    public static Func<AddressFamily, ITcpClient> That(byte[] written, byte[] sent)
    {
        Assert.Equal(written.Length, sent.Length);
        return family => new ForgingSocket(ConnectionFactoryBase.DefaultSocketFactory(family).Client, written, sent);
    }

    public override NetworkStream GetStream() => new Forging(Client, written, sent);

    sealed class Forging(Socket socket, byte[] written, byte[] sent) : NetworkStream(socket)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var leaves = buffer.ToArray();
            if (leaves.AsSpan().IndexOf(written) is >= 0 and var at)
                sent.CopyTo(leaves, at);
            return base.WriteAsync(leaves, cancellationToken);
        }
    }
}
