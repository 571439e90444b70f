using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.World;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>
/// A provider as a plain socket. It gives each job its generated answer, and then refuses, so that nothing is polled
/// for ever.
/// </summary>
sealed partial class FuzzProvider : SocketServer
{
    const int LongestHead = 64 * 1024;

    static readonly byte[] NoMore = ProviderSocket.Http(
        400, "application/json", """{"error":{"message":"That was all.","code":"invalid_value"}}""",
        "Connection: close");

    readonly ConcurrentDictionary<string, ConcurrentQueue<FuzzAnswer>> answers = new();
    volatile string latest = "";

    public string BaseUrl => $"http://127.0.0.1:{Port}/v1";

    /// <summary>A job without an id is known by its message's id.</summary>
    public void Answer(string job, string messageId, IReadOnlyList<FuzzAnswer> with)
    {
        answers[job] = answers[messageId] = new(with);
        latest = job;
    }

    public void Forget(string job, string messageId)
    {
        answers.TryRemove(job, out _);
        answers.TryRemove(messageId, out _);
    }

    protected override async Task Serve(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = client.GetStream();
            if (await Read(stream) is not { } head)
                return;
            await stream.WriteAsync(Said(head), Over);
            client.Client.Shutdown(SocketShutdown.Send);
            // Until the other side has closed as well: a close with unread bytes would reset what was sent.
            await stream.CopyToAsync(Stream.Null, Over);
        }
        catch (Exception gone) when (
            gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The worker may close the connection because of the answer.
        }
    }

    // A job whose id no header can carry gets the answer of the latest job.
    byte[] Said(string head)
    {
        var job = Named().Match(head) is { Success: true } named ? named.Value : latest;
        return answers.TryGetValue(job, out var queue) && queue.TryDequeue(out var answer)
            ? answer.Http(head.Split(' ')[1])
            : NoMore;
    }

    async Task<string?> Read(NetworkStream stream)
    {
        var (text, buffer) = (new StringBuilder(), new byte[LongestHead]);
        while (true)
        {
            var read = await stream.ReadAsync(buffer, Over);
            if (read == 0)
                return null;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var whole = text.ToString();
            var end = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && IsWhole(whole, end))
                return whole[..end];
        }
    }

    static bool IsWhole(string text, int end) => Length().Match(text, 0, end) is { Success: true } length
        ? text.Length - end - 4 >= int.Parse(length.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : !text.Contains("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
        || text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);

    [GeneratedRegex(@"fuzz-\d{9}-|(?<=X-Client-Request-Id: )[0-9a-f-]{36}")]
    private static partial Regex Named();

    [GeneratedRegex(@"^content-length:\s*(\d+)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Length();
}
