using System.Net;
using System.Text.Json;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary><c>/v1/batches</c> for a program that knows OpenAI's reference.</summary>
public sealed class BatchSpecs : IDisposable
{
    readonly WebAddress web = new();

    [Fact]
    public async Task A_batch_comes_to_results_and_errors_in_files_of_their_own()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var batch = await client.Ended(await client.Batch(
            ApiScene.Line("good", says: "Who keeps the light?"), "no JSON", ApiScene.Line("bad", "m+status:404"), "",
            ApiScene.Line("good"), ApiScene.Line("other", url: "/v1/embeddings")));

        Assert.Equal(("completed", 5, 1, 4), (batch.GetProperty("status").GetString(), Count(batch, "total"),
            Count(batch, "completed"), Count(batch, "failed")));
        var result = Assert.Single(await client.Lines(batch, "output_file_id"));
        Assert.Equal(("good", 200, JsonValueKind.Null), (result.GetProperty("custom_id").GetString(),
            result.GetProperty("response").GetProperty("status_code").GetInt32(),
            result.GetProperty("error").ValueKind));
        Assert.Contains("light", result.GetProperty("response").GetProperty("body").GetRawText(),
            StringComparison.Ordinal);
        var errors = await client.Lines(batch, "error_file_id");
        Assert.Equal([(null, "invalid_json_line"), ("bad", null), ("good", "duplicate_custom_id"),
            ("other", "mismatched_endpoint")],
            errors.Select(line => (line.GetProperty("custom_id").GetString(), Code(line))));
        Assert.Equal(404, errors[1].GetProperty("response").GetProperty("status_code").GetInt32());
    }

    [Fact]
    public async Task A_batch_tells_what_it_used_and_when_it_was_where()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var batch = await client.Ended(await client.Batch(ApiScene.Line("a"), ApiScene.Line("b")));

        var usage = batch.GetProperty("usage");
        Assert.True(usage.GetProperty("input_tokens").GetInt64() > 0);
        Assert.Equal(usage.GetProperty("input_tokens").GetInt64() + usage.GetProperty("output_tokens").GetInt64(),
            usage.GetProperty("total_tokens").GetInt64());
        Assert.All(["created_at", "in_progress_at", "finalizing_at", "completed_at", "expires_at"],
            time => Assert.Equal(JsonValueKind.Number, batch.GetProperty(time).ValueKind));
        Assert.Equal(("m", JsonValueKind.Null),
            (batch.GetProperty("model").GetString(), batch.GetProperty("error_file_id").ValueKind));
    }

    [Fact]
    public async Task A_batch_that_is_cancelled_stops_and_keeps_what_it_has()
    {
        await using var worker = await web.Start("--Delivery:Concurrency=1");
        using var client = web.Client();
        var id = await client.Batch([ApiScene.Line("first"),
            .. Enumerable.Range(0, 30).Select(i => ApiScene.Line($"l{i}", "m+slow:1000"))]);
        await client.Until($"/v1/batches/{id}", batch => Count(batch, "completed") > 0);

        var told = await client.Post($"/v1/batches/{id}/cancel", "").Json();

        Assert.Equal("cancelling", told.GetProperty("status").GetString());
        var batch = await client.Ended(id);
        Assert.Equal(("cancelled", 31), (batch.GetProperty("status").GetString(),
            Count(batch, "completed") + Count(batch, "failed")));
        Assert.Contains(await client.Lines(batch, "error_file_id"), line => Code(line) == "batch_cancelled");
        Assert.Equal("invalid_status", await client.Post($"/v1/batches/{await Done(client)}/cancel", "")
            .ErrorCode(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task The_input_of_a_batch_that_runs_is_not_deleted()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var file = await client.File(ApiScene.Line("a", "m+slow:3000"));
        await client.CreateBatch(file);

        Assert.Equal("file_in_use", await client.Call(HttpMethod.Delete, $"/v1/files/{file}", null)
            .ErrorCode(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("file-0", ApiScene.Chat, "24h", "input_file_id")]
    [InlineData(null, "/v1/files", "24h", "endpoint")]
    [InlineData(null, ApiScene.Chat, "24", "completion_window")]
    [InlineData(null, ApiScene.Chat, "169h", "completion_window")]
    [InlineData(null, ApiScene.Chat, "168h", "completion_window")]
    public async Task A_batch_that_cannot_be_is_refused(string? file, string endpoint, string window, string param)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var error = await client.CreateBatch(file ?? await client.File("x"), endpoint, window)
            .Error(HttpStatusCode.BadRequest);

        Assert.Equal(param, error.GetProperty("param").GetString());
    }

    [Fact]
    public async Task Batches_are_listed_in_pages_the_newest_first()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add(await client.Batch(ApiScene.Line("a")));

        var first = await client.Get("/v1/batches?limit=2").Json();
        var second = await client.Get($"/v1/batches?limit=2&after={first.GetProperty("last_id").GetString()}").Json();

        Assert.Equal([ids[2], ids[1], ids[0]],
            first.GetProperty("data").EnumerateArray().Concat(second.GetProperty("data").EnumerateArray())
                .Select(batch => batch.GetProperty("id").GetString()));
        Assert.Equal((true, false),
            (first.GetProperty("has_more").GetBoolean(), second.GetProperty("has_more").GetBoolean()));
    }

    public void Dispose() => web.Dispose();

    static async Task<string> Done(HttpClient client)
    {
        var id = await client.Batch(ApiScene.Line("a"));
        await client.Ended(id);
        return id;
    }

    static int Count(JsonElement batch, string which) =>
        batch.GetProperty("request_counts").GetProperty(which).GetInt32();

    static string? Code(JsonElement line) =>
        line.GetProperty("error") is { ValueKind: JsonValueKind.Object } error
            ? error.GetProperty("code").GetString()
            : null;
}
