using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.World;

/// <summary>A provider as a plain socket: it sends exactly the given bytes in answer to a job.</summary>
sealed class ProviderSocket : SocketServer
{
    readonly ConcurrentDictionary<string, Func<Heard, byte[]>> answers = new();
    readonly ConcurrentDictionary<string, bool> cut = new();
    readonly ConcurrentQueue<Heard> heard = new();

    public string BaseUrl => $"http://127.0.0.1:{Port}/v1";

    /// <summary>The requests of the job's calls.</summary>
    public IReadOnlyList<Heard> Of(string job) => [.. heard.Where(call => call.Job == job)];

    public void Answer(string job, Func<Heard, byte[]> with) => answers[job] = with;

    /// <summary>Closes the connection after the answer, whatever the answer has announced.</summary>
    /// <param name="job">The job.</param>
    /// <param name="resets">Whether the connection is reset.</param>
    public void Cut(string job, bool resets) => cut[job] = resets;

    public static byte[] Http(int status, string? type, ReadOnlySpan<byte> body, params string[] headers)
    {
        var head = new StringBuilder(
            $"HTTP/1.1 {status} X\r\nContent-Length: {body.Length}\r\nx-request-id: req_fake\r\n");
        foreach (var header in type is null ? headers : [$"Content-Type: {type}", .. headers])
            head.Append(header).Append("\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    public static byte[] Http(int status, string? type, string body, params string[] headers) =>
        Http(status, type, Encoding.UTF8.GetBytes(body), headers);

    protected override async Task Serve(TcpClient client)
    {
        using var connection = client;
        await using var stream = client.GetStream();
        while (await Read(stream) is { } call)
        {
            heard.Enqueue(call);
            await stream.WriteAsync(answers[call.Job](call), Over);
            if (!cut.TryGetValue(call.Job, out var resets))
                continue;
            if (resets)
                client.LingerState = new(true, 0);
            return;
        }
    }

    async Task<Heard?> Read(NetworkStream stream)
    {
        var whole = new List<byte>();
        var buffer = new byte[65536];
        while (true)
        {
            var text = Encoding.Latin1.GetString([.. whole]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && IsWhole(text, end))
                return new(text.Split("\r\n")[0], Header(text, "X-Client-Request-Id") ?? "",
                    Encoding.UTF8.GetString([.. whole[(end + 4)..]]), text[..end]);
            var read = await stream.ReadAsync(buffer, Over);
            if (read == 0)
                return null;
            whole.AddRange(buffer[..read]);
        }
    }

    static bool IsWhole(string text, int end) => Header(text, "Transfer-Encoding") is not null
        ? text.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
        : text.Length - end - 4 >= int.Parse(Header(text, "Content-Length") ?? "0",
            System.Globalization.CultureInfo.InvariantCulture);

    static string? Header(string text, string name) =>
        text.Split("\r\n").FirstOrDefault(line =>
            line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}

/// <summary>A call.</summary>
/// <param name="Line">Such as <c>POST /v1/responses HTTP/1.1</c>.</param>
/// <param name="Job">Its job.</param>
/// <param name="Body">Its body.</param>
/// <param name="Head">Its line and headers.</param>
sealed record Heard(string Line, string Job, string Body, string Head);
