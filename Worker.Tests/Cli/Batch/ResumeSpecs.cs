using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class ResumeSpecs : IDisposable
{
    readonly BatchScene scene = new();

    [Fact]
    public async Task However_often_a_run_dies_every_job_has_one_ending_at_last()
    {
        var random = new Random(7);
        scene.Given(Enumerable.Range(0, 300).Select(i => BatchScene.Job($"j{i}")));

        for (var runs = 0; scene.Counts.Ended + scene.Counts.Skipped < 300; runs++)
        {
            Assert.True(runs < 100, "It does not come to an end.");
            await Record.ExceptionAsync(() => scene.Run(new() { DiesAfter = random.Next(1, 40) }));
            Tear(random);
        }
        await scene.Run(new());

        Assert.Equal(300, scene.Endings.Select(ending => ending.GetProperty("jobId").GetString()).Distinct().Count());
        Assert.Equal(300, scene.Endings.Count);
    }

    [Fact]
    public async Task What_is_with_the_broker_is_waited_for_and_not_sent_again()
    {
        scene.Given(Enumerable.Range(0, 200).Select(i => BatchScene.Job($"j{i}")));
        var sentBefore = new FakeClient { IsEmbedded = false, Answers = _ => false, DiesAfter = 150 };
        await Assert.ThrowsAsync<InvalidOperationException>(() => scene.Run(sentBefore));
        File.WriteAllText(scene.Output, "");

        var second = new FakeClient { IsEmbedded = false, Waiting = [.. Enumerable.Range(0, 128).Select(i => $"j{i}")] };
        await scene.Run(second);

        // Two groups of 64 were noted as sent; what was sent after them is not known for sure, and sent again.
        Assert.Equal(Enumerable.Range(128, 72).Select(i => $"j{i}"), second.Sent);
        Assert.Equal(200, scene.Endings.Count);
        Assert.False(File.Exists($"{scene.Output}.sent"));
    }

    [Fact]
    public async Task Another_input_is_not_mixed_up_with_the_first()
    {
        scene.Given(Enumerable.Range(0, 100).Select(i => BatchScene.Job($"j{i}")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => scene.Run(new() { IsEmbedded = false, DiesAfter = 80 }));

        scene.Given(BatchScene.Job("other"));

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => scene.Run(new() { IsEmbedded = false }));
        Assert.Contains("--restart", refusal.Message);
    }

    [Fact]
    public async Task Restart_begins_anew()
    {
        await scene.Given(BatchScene.Job("a")).Run(new());

        var second = new FakeClient();
        await scene.Run(second, restart: true);

        Assert.Equal(["a"], second.Sent);
        Assert.Single(scene.Endings);
    }

    public void Dispose() => scene.Dispose();

    void Tear(Random random)
    {
        using var file = File.OpenWrite(scene.Output);
        file.SetLength(Math.Max(0, file.Length - random.Next(200)));
    }
}
