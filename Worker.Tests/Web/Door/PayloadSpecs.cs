using System.Net;
using System.Security.Cryptography;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>Bytes in and out.</summary>
public sealed class PayloadSpecs : IDisposable
{
    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_come_back_as_they_went_in_and_are_hashed()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var bytes = RandomNumberGenerator.GetBytes(1_000_000);

        var stored = await client.Call(HttpMethod.Post, "/payloads", new ByteArrayContent(bytes));

        var payload = await stored.Json();
        Assert.Equal((HttpStatusCode.Created, $"/payloads/{payload.Of("id")}"),
            (stored.StatusCode, stored.Headers.Location?.OriginalString));
        Assert.Equal((1_000_000, Convert.ToHexStringLower(SHA256.HashData(bytes))),
            (payload.GetProperty("length").GetInt64(), payload.Of("sha256")));
        var got = await client.Get(stored.Headers.Location!.OriginalString);
        Assert.Equal(bytes, await got.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(("application/octet-stream", "attachment", "nosniff"),
            (got.Content.Headers.ContentType?.MediaType, got.Content.Headers.ContentDisposition?.DispositionType,
                got.Headers.GetValues("X-Content-Type-Options").Single()));
    }

    [Fact]
    public async Task A_job_takes_a_payload_that_was_put()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        await client.Call(HttpMethod.Put, "/payloads/p-notes", new StringContent("notes"));

        var ending = await client.Post("/jobs/upload-file",
            """{"purpose":"user_data","file":{"payload":{"id":"p-notes"},"fileName":"notes.txt"}}""",
            ("Prefer", "wait=30")).Json();

        Assert.Equal("completed", ending.Of("ending"));
    }

    [Theory]
    [InlineData("right", HttpStatusCode.Created)]
    [InlineData("wrong", HttpStatusCode.BadRequest)]
    public async Task Bytes_that_are_others_than_was_said_are_not_kept(string said, HttpStatusCode expected)
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var id = $"p-{Guid.NewGuid():N}";
        var digest = Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(said)));

        var answer = await client.Call(HttpMethod.Put, $"/payloads/{id}", new StringContent("right"),
            ("Content-Digest", $"sha-256=:{digest}:"));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Created ? HttpStatusCode.OK : HttpStatusCode.NotFound,
            (await client.Get($"/payloads/{id}")).StatusCode);
    }

    [Fact]
    public async Task More_bytes_than_are_allowed_are_refused_and_the_store_is_well()
    {
        await using var worker = await web.Start("--Web:MaxFileBytes=2000");
        using var client = web.Client();

        Assert.Equal("too_large", await client.Call(HttpMethod.Post, "/payloads", new Unsized(100_000))
            .Problem(HttpStatusCode.RequestEntityTooLarge));
        Assert.Equal(HttpStatusCode.Created,
            (await client.Call(HttpMethod.Post, "/payloads", new ByteArrayContent(new byte[2000]))).StatusCode);
    }

    [Theory]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("worker.db")]
    [InlineData("p-")]
    [InlineData("p-%00")]
    [InlineData("p-a%2F..%2Fb")]
    public async Task An_id_that_is_no_payloads_reaches_no_file(string id)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        Assert.NotEqual(HttpStatusCode.OK, (await client.Get($"/payloads/{id}")).StatusCode);
        Assert.NotEqual(HttpStatusCode.Created,
            (await client.Call(HttpMethod.Put, $"/payloads/{id}", new StringContent("x"))).StatusCode);
    }

    public void Dispose() => web.Dispose();

    // So that its length is not sent.
    sealed class Unsized(int length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(new byte[length], Cancellation).AsTask();

        protected override bool TryComputeLength(out long computed)
        {
            computed = 0;
            return false;
        }
    }
}
