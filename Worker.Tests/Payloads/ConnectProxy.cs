using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>
/// A proxy as companies run them: it knows some hosts, answers TLS in their names after CONNECT, and refuses all
/// others.
/// </summary>
sealed class ConnectProxy : SocketServer
{
    readonly ConcurrentQueue<string> heard = new();
    readonly ConcurrentDictionary<string, (int Port, X509Certificate2? Certificate)> hosts = new();

    public string Address => $"http://{Host}:{Port}";

    public int RefusesWith { get; init; } = 403;

    /// <summary>The first line of each connection, such as <c>CONNECT example.com:443 HTTP/1.1</c>.</summary>
    public IReadOnlyList<string> Heard => [.. heard];

    public void Knows(string host, int port, TestCertificate? certificate = null) =>
        hosts[host] = (port, certificate is null
            ? null
            : X509Certificate2.CreateFromPem(certificate.Pem, certificate.KeyPem));

    protected override async Task Serve(TcpClient client)
    {
        using var connection = client;
        await using var caller = client.GetStream();
        var head = await Head(caller);
        heard.Enqueue(head.Split("\r\n")[0]);
        var (isTunnel, asked) = (head.StartsWith("CONNECT ", StringComparison.Ordinal), head.Split(' ')[1]);
        if (!hosts.TryGetValue(isTunnel ? asked.Split(':')[0] : new Uri(asked).Host, out var there))
        {
            await caller.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {RefusesWith} No\r\nContent-Length: 0\r\n\r\n"),
                Over);
            return;
        }
        using var onward = await Onward(Host, there.Port);
        await using var host = onward.GetStream();
        await (isTunnel
            ? caller.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), Over)
            : host.WriteAsync(Encoding.Latin1.GetBytes(head), Over));
        await using var said = isTunnel && there.Certificate is not null
            ? await Tls(caller, there.Certificate)
            : caller;
        await Join(said, host);
    }

    async Task<Stream> Tls(Stream caller, X509Certificate2 certificate)
    {
        var tls = new SslStream(caller);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate },
            Over);
        return tls;
    }

    // One byte at a time, so that nothing after it is consumed.
    async Task<string> Head(NetworkStream caller)
    {
        var (head, next) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && await caller.ReadAsync(next, Over) > 0)
            head.Append((char)next[0]);
        return head.ToString();
    }
}
