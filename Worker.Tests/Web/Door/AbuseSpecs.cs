using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>What an attacker may try.</summary>
public sealed class AbuseSpecs : IDisposable
{
    const string Script = "<script>alert(1)</script>";

    static readonly (string, string) Wait = ("Prefer", "wait=30");

    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/jobs/message-model")]
    [InlineData("POST", "/jobs")]
    [InlineData("DELETE", "/jobs/j")]
    [InlineData("DELETE", "/groups/g")]
    [InlineData("POST", "/payloads")]
    [InlineData("PUT", "/payloads/p-a")]
    public async Task A_page_of_another_site_sends_and_cancels_nothing(string method, string address)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        Assert.Equal("cross_origin", await client.Call(new(method), address, new StringContent(Door.Smallest),
            ("Sec-Fetch-Site", "cross-site")).Problem(HttpStatusCode.Forbidden));
        Assert.Equal("cross_origin", await client.Call(new(method), address, new StringContent(Door.Smallest),
            ("Origin", "https://evil.example")).Problem(HttpStatusCode.Forbidden));
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task Script_in_anything_is_told_as_JSON_that_no_browser_runs()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var address = $"/jobs/{Uri.EscapeDataString(Script)}";
        await client.Post("/jobs/message-model",
            """{"jobId":"S","model":"m","instructions":"S","messages":[{"text":"S"}],"metadata":{"S":"S"}}"""
                .Replace("\"S\"", $"\"{Script}\"", StringComparison.Ordinal), Wait);

        foreach (var answer in new[]
        {
            await client.Get(address), await client.Get($"{address}/ending"), await client.Get("/jobs"),
            await client.Get($"/jobs?operation={Script}"), await client.Get($"/{Script}"),
            await client.Post("/jobs/message-model", $$"""{"{{Script}}":1}"""),
        })
        {
            Assert.True(answer.Content.Headers.ContentType?.MediaType is "application/json"
                or "application/problem+json", $"{answer.Content.Headers.ContentType}");
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/jobs/message-model")]
    [InlineData("/jobs/create-embeddings")]
    public async Task A_body_that_is_too_large_is_refused(string address)
    {
        await using var worker = await web.Start("--Web:MaxJobBytes=10000");
        using var client = web.Client();

        Assert.Equal("too_large", await client.Post(address, new string(' ', 20_000))
            .Problem(HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task A_body_of_a_million_brackets_or_members_ends_nothing()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var members = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":\"v\""));

        Assert.Equal("unreadable",
            await client.Post("/jobs/message-model", $"{{\"a\":{new string('[', 1_000_000)}").Problem(
                HttpStatusCode.BadRequest));
        Assert.Equal(HttpStatusCode.Accepted, (await client.Post("/jobs/message-model",
            Door.Named("j", $"\"metadata\":{{{members}}}"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/jobs/j")).StatusCode);
    }

    [Fact]
    public async Task A_slow_sender_is_cut_off()
    {
        await using var worker = await web.Start();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, web.Port, Cancellation);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /jobs/message-model HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"), Cancellation);

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(Cancellation);

        Assert.Contains("408", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_thousand_connections_that_say_nothing_are_let_go_and_others_are_answered()
    {
        await using var worker = await web.Start();
        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 2000; i++)
            {
                idle.Add(new());
                await idle[^1].ConnectAsync(IPAddress.Loopback, web.Port, Cancellation);
            }
            using var client = web.Client();
            await Eventually.Is(async () =>
            {
                try
                {
                    return (await client.Get("/jobs")).StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            });
        }
        finally
        {
            idle.ForEach(one => one.Dispose());
        }
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("")]
    public async Task A_key_that_can_be_no_id_is_refused(string key)
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var body = Door.Named("ID").Replace("\"ID\"", System.Text.Json.JsonSerializer.Serialize(key),
            StringComparison.Ordinal);

        Assert.Equal("invalid_request",
            await client.Post("/jobs/message-model", body).Problem(HttpStatusCode.BadRequest));
    }

    public void Dispose() => web.Dispose();
}
