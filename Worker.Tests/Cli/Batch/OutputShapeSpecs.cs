using System.Text.Json;
using OpenAIWorker.Tests.Operations;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class OutputShapeSpecs : IDisposable
{
    readonly BatchScene scene = new();

    [Fact]
    public async Task Id_line_and_ending_come_first_then_the_answer_or_what_went_wrong_and_the_hash_last()
    {
        await scene.Given(BatchScene.Job("a"), BatchScene.Job("b", model: "bad"),
            """{"operation":"message-model","jobId":"c","temprature":1}""").Run(new FakeClient());

        Assert.Equal(["jobId", "line", "ending", "text"], Names("a")[..4]);
        Assert.Equal(["jobId", "line", "ending", "code", "message"], Names("b")[..5]);
        Assert.Equal(["jobId", "line", "ending", "code", "message", "member"], Names("c")[..6]);
        Assert.All(["a", "b", "c"], id => Assert.Equal("hash", Names(id)[^1]));
    }

    [Fact]
    public async Task Requests_are_repeated_when_asked()
    {
        await scene.Given(BatchScene.Job("a"), "nonsense",
            """{"custom_id":"c","url":"/v1/embeddings","body":{"model":"m","input":"x"}}""")
                .Run(new FakeClient(), given => given with { Echo = true });

        JsonAssert.Same(BatchScene.Job("a"), Ending("a").GetProperty("request"));
        Assert.Equal("nonsense", scene.Endings.Single(ending =>
            ending.TryGetProperty("line", out var line) && line.GetInt32() == 2).GetProperty("request").GetString());
        JsonAssert.Same("""{"model":"m","input":"x"}""",
            scene.Endings.Single(ending => ending.TryGetProperty("custom_id", out _)).GetProperty("request"));
    }

    [Theory]
    [InlineData("results.jsonl")]
    [InlineData("results.csv")]
    public async Task Endings_are_put_into_the_order_of_their_lines_when_asked(string output)
    {
        scene.Output = Path.Combine(scene.Folder, output);
        // The first is answered last, when the client ends.
        var client = new FakeClient { Answers = job => job.JobId != "j0" };
        using var interrupt = new CancellationTokenSource();
        scene.Given(Enumerable.Range(0, 5).Select(i => BatchScene.Job($"j{i}")));

        var run = scene.Run(client, given => given with { KeepOrder = true }, interrupt.Token);
        await interrupt.CancelAsync();
        await Record.ExceptionAsync(() => run);
        await scene.Run(new FakeClient(), given => given with { KeepOrder = true });

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"j{i}"),
            File.ReadLines(scene.Output).Where(line => !line.StartsWith("jobId", StringComparison.Ordinal))
                .Select(line => line.Split('"', ',').First(word => word is ['j', _])));
    }

    string[] Names(string id) => [.. Ending(id).EnumerateObject().Select(member => member.Name)];

    JsonElement Ending(string id) =>
        scene.Endings.Single(ending => ending.TryGetProperty("jobId", out var job) && job.GetString() == id);

    public void Dispose() => scene.Dispose();
}
