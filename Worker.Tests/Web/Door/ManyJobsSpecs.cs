using System.Net;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>Many jobs in one request, and lists of them.</summary>
public sealed class ManyJobsSpecs : IDisposable
{
    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_line_is_answered_by_its_number_and_a_bad_one_stops_no_other()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var lines = await Post(client,
            """
            {"operation":"message-model","jobId":"a","model":"m","messages":[{"text":"x"}]}
            {"operation":"message-model","model":"m","messages":[{"text":"x"}],"modle":"m"}

            no JSON
            {"operation":"message","text":"x"}
            {"operation":"classify-text","text":"x"}
            """);

        Assert.Equal([1, 2, 4, 5, 6], lines.Select(line => line.GetProperty("line").GetInt32()));
        Assert.Equal(["waiting", "invalid_request", "unreadable", "invalid_request", "waiting"],
            lines.Select(line => line.TryGetProperty("code", out var code) ? code.GetString() : line.Of("state")));
        Assert.Equal("a", lines[0].Of("jobId"));
        await Eventually.Is(() => worker.Emulator.Bill.Calls == 2);
    }

    [Fact]
    public async Task Lines_are_answered_while_others_are_still_to_come()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var first = new TaskCompletionSource();
        using var body = new SlowContent(async stream =>
        {
            await stream.WriteAsync(Line("a"), Cancellation);
            await stream.FlushAsync(Cancellation);
            await first.Task.WaitAsync(Cancellation);
            await stream.WriteAsync(Line("b"), Cancellation);
        });

        using var other = web.Client();
        var answer = client.Call(HttpMethod.Post, "/jobs", body);
        await Eventually.Is(async () => (await other.Get("/jobs/a")).StatusCode == HttpStatusCode.OK);
        first.SetResult();

        Assert.Equal(2, (await (await answer).Content.ReadAsStringAsync(Cancellation)).Trim().Split('\n').Length);
    }

    [Fact]
    public async Task A_file_that_is_sent_twice_under_one_key_is_run_once()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var text = string.Concat(Enumerable.Range(0, 250)
            .Select(i => $$"""{"operation":"message-model","model":"m","messages":[{"text":"{{i}}"}]}""" + "\n"));

        var first = await Post(client, text, ("Idempotency-Key", "file-1"));
        var second = await Post(client, text, ("Idempotency-Key", "file-1"));

        Assert.Equal(250, first.Count);
        Assert.Equal(first.Select(line => line.Of("jobId")), second.Select(line => line.Of("jobId")));
        await Eventually.Is(async () => (await client.Get("/jobs?state=completed&limit=1000").Json())
            .GetProperty("jobs").GetArrayLength() == 250);
        Assert.Equal(250, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_the_next_is_taken()
    {
        await using var worker = await web.Start("--Web:MaxJobBytes=2000");
        using var client = web.Client();

        var lines = await Post(client, $"{{\"operation\":\"classify-text\",\"text\":\"{new string('x', 3000)}\"}}\n"
            + """{"operation":"classify-text","text":"x"}""");

        Assert.Equal("too_large", lines[0].Of("code"));
        Assert.Equal("waiting", lines[1].Of("state"));
    }

    [Fact]
    public async Task A_list_goes_on_from_page_to_page_and_shows_every_job_once()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        await Post(client, string.Concat(Enumerable.Range(0, 25)
            .Select(i => $$"""{"operation":"classify-text","jobId":"job {{i}}","text":"x"}""" + "\n")));

        var (seen, next) = (new List<string>(), (string?)"/jobs?operation=classify-text&limit=10");
        for (var pages = 0; next is not null && pages < 10; pages++)
        {
            var answer = await client.Get(next);
            seen.AddRange((await answer.Json()).GetProperty("jobs").EnumerateArray().Select(job => job.Of("jobId")!));
            next = answer.Headers.TryGetValues("Link", out var link)
                ? link.Single().Split('>')[0].TrimStart('<')
                : null;
        }

        Assert.Equal(25, seen.Count);
        Assert.Equal(25, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("?sate=failed", "sate")]
    [InlineData("?state=dead", "state")]
    [InlineData("?operation=message", "operation")]
    [InlineData("?since=yesterday", "since")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1000000", "limit")]
    [InlineData("?after=x", "after")]
    [InlineData("?model=a&model=b", "model")]
    [InlineData("?text=%00", "text")]
    public async Task A_parameter_that_cannot_be_read_is_refused_by_name(string query, string member)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var answer = await client.Get($"/jobs{query}");

        Assert.Equal((HttpStatusCode.BadRequest, member),
            (answer.StatusCode, (await answer.Json()).Of("member")));
    }

    public void Dispose() => web.Dispose();

    static byte[] Line(string id) => Encoding.UTF8.GetBytes(
        $$"""{"operation":"message-model","jobId":"{{id}}","model":"m","messages":[{"text":"x"}]}""" + "\n");

    static async Task<List<JsonElement>> Post(HttpClient client, string lines, params (string, string)[] headers)
    {
        var answer = await client.Post("/jobs", lines, headers);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        return [.. (await answer.Content.ReadAsStringAsync(Cancellation)).Split('\n',
            StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    sealed class SlowContent(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
