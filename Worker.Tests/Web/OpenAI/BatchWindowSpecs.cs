using Microsoft.Extensions.Options;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Tests.Storage;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary>A batch whose time ends before its jobs.</summary>
public sealed class BatchWindowSpecs : IDisposable
{
    const int Slow = 20;

    readonly WebAddress web = new();

    [Fact]
    public async Task It_expires_and_has_what_was_done_in_time()
    {
        await using var worker = await web.Start("--Delivery:Concurrency=1");
        using var client = web.Client();
        var file = await client.File([ApiScene.Line("first"),
            .. Enumerable.Range(0, Slow).Select(i => ApiScene.Line($"l{i}", "m+slow:1500"))]);
        await Add(file, TimeSpan.FromSeconds(10));

        var done = await client.Ended("batch_short");

        Assert.Equal("expired", done.GetProperty("status").GetString());
        Assert.InRange(done.GetProperty("request_counts").GetProperty("completed").GetInt32(), 1, Slow);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, done.GetProperty("expired_at").ValueKind);
        var late = await client.Lines(done, "error_file_id");
        Assert.NotEmpty(late);
        Assert.All(late, line =>
            Assert.Equal("batch_expired", line.GetProperty("error").GetProperty("code").GetString()));
    }

    public void Dispose() => web.Dispose();

    // The shortest window that can be requested is an hour.
    async Task Add(string file, TimeSpan window)
    {
        await using var database = new SqliteDatabase(Options.Create(new StorageOptions { Path = web.Database }),
            StoreStatesOf.Test(), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        await new ApiBatchStore(new(() => database), TimeProvider.System).Add(
            new("batch_short", "", file, BatchStatuses.Validating, now, now + window,
                new() { Endpoint = ApiScene.Chat, CompletionWindow = "1h" }), TestContext.Current.CancellationToken);
    }
}
