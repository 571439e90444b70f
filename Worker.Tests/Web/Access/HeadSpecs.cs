using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.Access;

/// <summary>HEAD at every address that answers GET: what link checkers, monitors and download programs send.</summary>
public sealed class HeadSpecs : IDisposable
{
    const string Token = "owt_of_a_reader";

    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/window/jobs")]
    [InlineData("/assets/style.css")]
    [InlineData("/openapi.json")]
    [InlineData("/jobs")]
    [InlineData("/jobs/no-such-job")]
    [InlineData("/no-such-address")]
    [InlineData("/v1/models")]
    [InlineData("/v1/files/none")]
    public async Task An_address_answers_as_it_answers_GET_but_without_a_body(string address)
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();

        var get = await client.GetAsync(address, Cancellation);
        var said = await Raw($"HEAD {address} HTTP/1.1\r\nHost: localhost:{web.Port}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {(int)get.StatusCode} ", said, StringComparison.Ordinal);
        Assert.Contains($"Content-Type: {get.Content.Headers.ContentType}\r\n", said, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/events")]
    [InlineData("/live/overview")]
    public async Task A_stream_of_events_ends(string address)
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();

        var answer = await client.Call(HttpMethod.Head, address, null);

        Assert.Equal((HttpStatusCode.OK, "text/event-stream"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_payload_tells_its_length()
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();
        var stored = await client.Call(HttpMethod.Post, "/payloads", new ByteArrayContent(new byte[1234])).Json();

        var answer = await client.Call(HttpMethod.Head, $"/payloads/{stored.Of("id")}", null);

        Assert.Equal((HttpStatusCode.OK, 1234), (answer.StatusCode, answer.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Where_there_is_no_GET_there_is_no_HEAD()
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();

        var answer = await client.Call(HttpMethod.Head, "/v1/chat/completions", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task It_needs_the_same_token()
    {
        await using var worker = await EmbeddedWorker.Start(
            [.. web.Settings, .. WebAddress.Allow("reader", Token, "read")]);
        using var client = web.Client();

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Call(HttpMethod.Head, "/jobs", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.Call(HttpMethod.Head, "/jobs", null,
            ("Authorization", $"Bearer {Token}"))).StatusCode);
    }

    async Task<string> Raw(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, web.Port, Cancellation);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancellation);
    }

    public void Dispose() => web.Dispose();
}
